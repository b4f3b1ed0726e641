using System.Net;
using System.Text.RegularExpressions;

namespace AiObs.Dashboard.Tests.Conversations;

/// <summary>Reads the text of parts of a page.</summary>
internal static partial class PageText
{
    /// <summary>Returns the texts of what stands between two pieces of markup, one for each place.</summary>
    public static IReadOnlyList<string> Between(string page, string start, string end) =>
        [.. page.Split(start).Skip(1).Select(part => Of(part.Split(end)[0]))];

    private static string Of(string markup) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(markup, " ")), " ").Trim();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
