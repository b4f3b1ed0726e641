namespace WeatherAgent.Screen;

/// <summary>Takes out of foreign text what could command a terminal: what models and tools say is data.</summary>
internal static class PlainText
{
    /// <summary>Keeps line breaks and nothing else that is not a visible character.</summary>
    public static string Clean(string text) => Filter(text, static character => character == '\n' || !IsCommand(character));

    /// <summary>Makes one line of it.</summary>
    public static string CleanLine(string text) => Filter(text.ReplaceLineEndings(" "), static character => !IsCommand(character));

    private static string Filter(string text, Func<char, bool> isKept) =>
        text.All(isKept) ? text : string.Concat(text.Replace('\t', ' ').Where(isKept));

    // Some end lines as well, the others turn the direction of writing around, which can make a line read as another one.
    private static bool IsCommand(char character) =>
        char.IsControl(character) || character is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
