using System.Buffers;
using System.Text;

namespace AiObs.Cost.Usage;

/// <summary>Measures text as it comes, so that its tokens can be estimated without keeping it.</summary>
/// <remarks>
/// It counts UTF-16 characters of three classes: Latin script, digits, signs and blanks, of which about four make a token; Han, Kana,
/// Hangul and emoji, of which about one and a half do; and all other scripts, of which about two and a half do. That is a rule of
/// thumb for the tokenizers of current models. Expect it to be off by up to a quarter for prose in Latin script or in Chinese, Japanese
/// and Korean, by up to a half for other scripts, for code and for JSON, and by more for long numbers and random text.
/// </remarks>
internal struct TextMeasure
{
    private static readonly SearchValues<char> Latin = SearchValues.Create([.. Enumerable.Range('\0', '\u0250').Select(static code => (char)code)]);

    private long _latin;
    private long _dense;
    private long _other;
    private long _bytes;

    /// <summary>Gets the estimate; text of any length has at least one token.</summary>
    public readonly long Tokens => ((15 * _latin) + (40 * _dense) + (24 * _other) + 59) / 60;

    /// <summary>Gets the most tokens that the text can be: no tokenizer makes more than one of a byte.</summary>
    public readonly long HighestTokens => _bytes;

    public void Add(ReadOnlySpan<char> text)
    {
        _bytes += Encoding.UTF8.GetByteCount(text);
        while (!text.IsEmpty)
        {
            var latin = text.IndexOfAnyExcept(Latin);
            if (latin < 0)
            {
                _latin += text.Length;
                return;
            }

            _latin += latin;
            text = text[latin..];
            var foreign = text.IndexOfAny(Latin);
            foreign = foreign < 0 ? text.Length : foreign;
            AddForeign(text[..foreign]);
            text = text[foreign..];
        }
    }

    /// <summary>Adds text that is held as UTF-8. Its bytes count as Latin: scripts whose characters take more bytes take more tokens, too.</summary>
    public void AddUtf8(ReadOnlySpan<byte> text)
    {
        _latin += text.Length;
        _bytes += text.Length;
    }

    private void AddForeign(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (IsDense(character))
            {
                _dense++;
            }
            else
            {
                _other++;
            }
        }
    }

    private static bool IsDense(char character) => character is
        (>= '\u1100' and <= '\u11FF') // Hangul
        or (>= '\u2E80' and <= '\u9FFF') // Han, Kana and their punctuation
        or (>= '\uA960' and <= '\uA97F') or (>= '\uAC00' and <= '\uD7FF') // Hangul
        or (>= '\uD800' and <= '\uDFFF') // Pairs: emoji, rare Han
        or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFFEF'); // Compatibility forms
}
