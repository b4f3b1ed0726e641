namespace AiObs.Dashboard.Tests;

/// <summary>All endpoints of the dashboard besides its assets. A new page is one line here, and one more for each way to look at it; a test tells when one is missing.</summary>
internal static class Pages
{
    public static IReadOnlyList<DashboardPage> All { get; } =
    [
        new("/", PageKind.Page),
        new("/traces", PageKind.Page),
        new("/traces/{id}", PageKind.Page, "?span={spanId}"),
        new("/traces/{id}", PageKind.Page, "?find=weather"),
        new("/traces/{id}", PageKind.Page, "?view=chat"),
        new("/traces/{id}", PageKind.Page, "?view=costs"),
        new("/traces/{id}", PageKind.Page, "?view=events"),
        new("/traces/{id}", PageKind.Page, "?view=raw"),
        new("/traces/{id}/rows", PageKind.Fragment),
        new("/traces/{id}/spans/{spanId}", PageKind.Fragment),
        new("/traces/{id}/compare/{other}", PageKind.Page),
        new("/compare", PageKind.Page, "?trace={id}&trace={other}"),
        new("/conversations", PageKind.Page),
        new("/conversations/chat", PageKind.Page, "?id={kept}"),
        new("/conversations/chat", PageKind.Page, "?id={kept}&branch=0"),
        new("/conversations/chat", PageKind.Page, "?id={id}&view=calls"),
        new("/costs", PageKind.Page),
        new("/costs", PageKind.Page, "?by=user&range=1h"),
        new("/latency", PageKind.Page),
        new("/latency", PageKind.Page, "?by=tool"),
        new("/errors", PageKind.Page),
        new("/tools", PageKind.Page),
        new("/budgets", PageKind.Page),
        new("/events", PageKind.Page),
        new("/events", PageKind.Page, "?type=response_received"),
        new("/health", PageKind.Page),
        new("/export/costs.csv", PageKind.File),
        new("/export/{id}.json", PageKind.File),
        new("/export/{id}.html", PageKind.File),
        new("/export/{id}/{spanId}.txt", PageKind.File, "?key=gen_ai.input.messages") { NeedsContent = true },
        new("/live", PageKind.Stream),
    ];

    /// <summary>Gets whole pages, as theories take them.</summary>
    public static TheoryData<string> Whole => [.. All.Where(static page => page.Kind == PageKind.Page).Select(static page => page.ToString())];

    /// <summary>Gets what answers and is done with it: all that does not last as long as its reader stays.</summary>
    public static IEnumerable<DashboardPage> Finite => All.Where(static page => page.Kind != PageKind.Stream);

    public static DashboardPage Find(string page) => All.Single(candidate => candidate.ToString() == page);
}
