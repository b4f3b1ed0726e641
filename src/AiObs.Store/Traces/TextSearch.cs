namespace AiObs.Store.Traces;

/// <summary>Looks for text as databases do it everywhere alike: upper and lower case of A to Z are the same, nothing else is.</summary>
internal static class TextSearch
{
    public static bool Contains(string text, string part)
    {
        if (part.Length == 0)
        {
            return true;
        }

        // The first character in both cases says where to look closer.
        var first = part[0];
        var other = char.IsAsciiLetter(first) ? (char)(first ^ 0x20) : first;
        for (var start = 0; start <= text.Length - part.Length; start++)
        {
            var offset = text.AsSpan(start, text.Length - part.Length - start + 1).IndexOfAny(first, other);
            if (offset < 0)
            {
                return false;
            }

            start += offset;
            if (AreAlike(text.AsSpan(start, part.Length), part))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreAlike(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (Lower(left[i]) != Lower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static char Lower(char character) => char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
}
