using System.Text.RegularExpressions;
using AiObs.TestSupport;
using FsCheck.Fluent;

namespace AiObs.Dashboard.Tests;

/// <summary>Whatever stands in the stores, each page is there, whole, and made of our own tags alone.</summary>
public sealed partial class HostilePagesProperties
{
    private static readonly HashSet<string> OurTags =
    [
        "!doctype", "html", "head", "meta", "title", "link", "script", "style", "body", "a", "header", "nav", "ul", "ol", "li", "p", "button", "main", "div", "h1", "h2", "h3", "h4", "form", "label", "input", "select", "option", "span",
        "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "dl", "dt", "dd", "bdi", "time", "pre", "code", "details", "summary", "section", "article", "aside", "footer", "svg", "defs", "desc", "pattern", "clippath", "use", "rect", "line", "path", "circle", "polyline", "g", "text", "dialog", "kbd", "strong", "em", "small", "figure", "figcaption", "hr", "br", "b", "i",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Pages_OfAnyTexts_AreWhole()
    {
        await using var host = await DashboardHost.StartAsync(static root => Seed.Observe(root));

        Fuzz.Check(
            Gen.Zip(HostileText.Any, HostileJson.Document),
            texts => CheckAsync(host, texts.Item1, texts.Item2).GetAwaiter().GetResult(),
            cases: 8);
    }

    private static async Task CheckAsync(DashboardHost host, string text, string json)
    {
        var seed = await HostileSeed.FillAsync(host, text, json);
        foreach (var page in Pages.Finite)
        {
            using var response = await host.SendAsync(page.Address(seed));
            var body = await response.Content.ReadAsStringAsync(Token);
            Assert.True(response.IsSuccessStatusCode, $"{page}: {(int)response.StatusCode} {Logged(host)}");
            if (response.Content.Headers.ContentType!.MediaType != "text/html")
            {
                continue;
            }

            Assert.DoesNotContain("class=\"fault\"", body, StringComparison.Ordinal);
            Assert.Equal([], Tag().Matches(body).Select(static match => match.Groups[1].Value.ToLowerInvariant()).Where(static tag => !OurTags.Contains(tag)));
            if (page.Kind == PageKind.Page)
            {
                Assert.EndsWith("</body></html>", body, StringComparison.Ordinal);
            }
        }
    }

    private static string? Logged(DashboardHost host) => host.Logs.GetSnapshot().LastOrDefault(static log => log.Exception is not null)?.Exception?.ToString();

    [GeneratedRegex("</?([^\\s>/]*)")]
    private static partial Regex Tag();
}
