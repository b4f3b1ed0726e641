using System.Globalization;
using System.Text;

namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>Finds what is written in a text in base64, percent-encoded or in tags, and decodes it once.</summary>
internal static class DecodedTexts
{
    private const int ShortestBase64 = 16;

    public static IEnumerable<MappedText> In(string text)
    {
        foreach (var (start, end) in Runs(text, IsBase64, ShortestBase64))
        {
            yield return OfBase64(text, start, end);
        }

        if (text.Contains('%', StringComparison.Ordinal))
        {
            foreach (var (start, end) in Runs(text, static character => !char.IsWhiteSpace(character), 3))
            {
                if (text.AsSpan(start, end - start).Contains('%'))
                {
                    yield return OfPercent(text, start, end);
                }
            }
        }

        if (text.Contains('\uDB40', StringComparison.Ordinal))
        {
            yield return OfTags(text);
        }
    }

    private static IEnumerable<(int Start, int End)> Runs(string text, Func<char, bool> belongs, int shortest)
    {
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && belongs(text[index]))
            {
                continue;
            }

            if (index - start >= shortest)
            {
                yield return (start, index);
            }

            start = index + 1;
        }
    }

    private static bool IsBase64(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '-' or '_';

    private static MappedText OfBase64(string text, int start, int end)
    {
        var bytes = new List<byte>((end - start) * 3 / 4);
        var (bits, count) = (0, 0);
        for (var index = start; index < end; index++)
        {
            bits = (bits << 6) | ValueOf(text[index]);
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        // Three bytes are four characters, and padding belongs to the last of them.
        var padded = end;
        while (padded < text.Length && text[padded] == '=' && padded - end < 2)
        {
            padded++;
        }

        return OfBytes([.. bytes], index => start + (index / 3 * 4), index => Math.Min(start + (index / 3 * 4) + 4, padded));
    }

    private static int ValueOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '+' or '-' => 62,
        _ => 63,
    };

    private static MappedText OfPercent(string text, int start, int end)
    {
        var (bytes, places) = (new List<byte>(end - start), new List<(int Start, int End)>(end - start));
        Span<byte> encoded = stackalloc byte[4];
        for (var index = start; index < end;)
        {
            if (text[index] == '%' && index + 2 < end && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                places.Add((index, index + 3));
                index += 3;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var taken);
            foreach (var part in encoded[..rune.EncodeToUtf8(encoded)])
            {
                bytes.Add(part);
                places.Add((index, index + taken));
            }

            index += taken;
        }

        return OfBytes([.. bytes], index => places[index].Start, index => places[index].End);
    }

    private static MappedText OfTags(string text)
    {
        var result = new MappedText.Builder(16);
        for (var index = 0; index < text.Length; index++)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                continue;
            }

            if (HiddenCharacters.IsTag(rune.Value))
            {
                result.Add(HiddenCharacters.OfTag(rune.Value), index, index + 2);
            }

            index += rune.Utf16SequenceLength - 1;
        }

        return result.Build();
    }

    private static MappedText OfBytes(byte[] bytes, Func<int, int> startOf, Func<int, int> endOf)
    {
        var result = new MappedText.Builder(bytes.Length);
        for (var index = 0; index < bytes.Length;)
        {
            Rune.DecodeFromUtf8(bytes.AsSpan(index), out var rune, out var taken);
            foreach (var character in rune.ToString())
            {
                result.Add(character, startOf(index), endOf(index + taken - 1));
            }

            index += taken;
        }

        return result.Build();
    }
}
