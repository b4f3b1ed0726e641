using System.Buffers;
using System.Globalization;

namespace AiObs;

/// <summary>Brings names that others chose into the form in which they may stand in a log record: whoever chooses one must not write lines of a log, nor flood it.</summary>
internal static class LogText
{
    private const int LongestName = 256;

    /// <summary>Line and paragraph separators, and what turns the direction of writing around, which can make a line read as another one.</summary>
    private static readonly SearchValues<char> Misleading =
        SearchValues.Create("\u061C\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>Returns a name in one line, cut where it is longer than names are.</summary>
    public static string Name(string name) => name.Length <= LongestName
        ? Line(name)
        : string.Create(CultureInfo.InvariantCulture, $"{Line(name[..LongestName])}… ({name.Length} characters)");

    /// <summary>Returns a text in one line: U+FFFD stands in the place of what would command or mislead.</summary>
    public static string Line(string text)
    {
        foreach (var character in text)
        {
            if (IsBad(character))
            {
                return Cleaned(text);
            }
        }

        return text;
    }

    private static string Cleaned(string text) => string.Create(text.Length, text, static (line, text) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = IsBad(text[i]) ? '\uFFFD' : text[i];
        }
    });

    private static bool IsBad(char character) => char.IsControl(character) || Misleading.Contains(character);
}
