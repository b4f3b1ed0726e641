namespace AiObs.Dashboard.Tests;

/// <summary>All endpoints of the dashboard besides its assets. A new page is one line here; a test tells when one is missing.</summary>
internal static class Pages
{
    public static IReadOnlyList<DashboardPage> All { get; } =
    [
        new("/traces", PageKind.Page),
        new("/traces/{id}", PageKind.Page, "?span={spanId}"),
        new("/traces/{id}/rows", PageKind.Fragment),
        new("/traces/{id}/spans/{spanId}", PageKind.Fragment),
    ];

    /// <summary>Gets the routes of whole pages, as theories take them.</summary>
    public static TheoryData<string> Whole => [.. All.Where(static page => page.Kind == PageKind.Page).Select(static page => page.Route)];

    /// <summary>Gets what answers and is done with it: all that does not last as long as its reader stays.</summary>
    public static IEnumerable<DashboardPage> Finite => All.Where(static page => page.Kind != PageKind.Stream);

    public static DashboardPage Find(string route) => All.Single(page => page.Route == route);
}
