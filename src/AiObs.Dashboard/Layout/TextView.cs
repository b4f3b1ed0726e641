using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Layout;

/// <summary>Shows a text of other people's as it is: its lines, and no more of it than a page can bear.</summary>
internal static class TextView
{
    /// <summary>How much of a text a page shows, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    public static void Write(HtmlWriter html, string text)
    {
        html.Write($"""<p class="prose"><bdi>{Cut(text)}</bdi></p>""");
        WriteRest(html, text);
    }

    /// <summary>Returns what is shown of a text. No character is cut in two.</summary>
    public static string Cut(string text) =>
        text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    /// <summary>Says how much is not shown.</summary>
    public static void WriteRest(HtmlWriter html, string text)
    {
        if (text.Length > MaxLength)
        {
            html.Write($"""<p class="hint">The first {Shown.Number(MaxLength)} of {Shown.Number(text.Length)} characters. The files of the span have all of it.</p>""");
        }
    }
}
