// Photos that papers carry, small, each opened whole in a page of its own.
import { styled } from 'styled-components'
import { apiPath, segment } from '#dashboard/client/http.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useWords } from '#dashboard/text/words.ts'

const Row = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  img {
    display: block;
    height: 112px;
    width: auto;
    max-width: 100%;
    border: 1px solid var(--line);
    border-radius: 4px;
  }
`
export const Photos = ({ digests }: { digests: readonly string[] }) => {
  const words = useWords(serviceWords)
  return digests.length === 0 ? null : (
    <Row>
      {digests.map((digest, i) => (
        <li key={digest}>
          <a href={apiPath(`/files/${segment(digest)}`)} target="_blank" rel="noreferrer">
            <img src={apiPath(`/files/${segment(digest)}`)} alt={words.photoAlt(i + 1)} loading="lazy" />
          </a>
        </li>
      ))}
    </Row>
  )
}
