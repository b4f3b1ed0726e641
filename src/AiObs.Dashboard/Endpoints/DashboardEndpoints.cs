using AiObs.AspNetCore.Access;
using AiObs.Dashboard.Access;
using AiObs.Dashboard.Assets;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AiObs.Dashboard.Endpoints;

/// <summary>Maps pages, parts of pages and files of a dashboard. All of them only read.</summary>
#pragma warning disable CA1001 // It lives as long as the application, and a semaphore without a wait handle holds nothing.
internal sealed class DashboardEndpoints(IEndpointRouteBuilder group, DashboardSources sources)
#pragma warning restore CA1001
{
    /// <summary>How long a page may read.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ContentGate _content = new(sources.Options);
    private readonly ViewRecorder _views = new(sources);
    private readonly SemaphoreSlim _reads = new(initialCount: 4);

    /// <summary>Maps a page.</summary>
    /// <param name="route">Its route below the mount, such as <c>/traces/{id}</c>.</param>
    /// <param name="read">Reads what it shows.</param>
    public void Page(string route, Func<PageRequest, Task<PageBody>> read) => Map(route, async page =>
    {
        var body = await read(page).ConfigureAwait(false);
        var html = new HtmlWriter();
        PageLayout.Write(html, page, FirstSegment(route), body);
        page.Http.Response.StatusCode = body.Status;
        await WriteAsync(page, html).ConfigureAwait(false);
    });

    /// <summary>Maps a part of a page, which a script puts in its place.</summary>
    public void Fragment(string route, Func<PageRequest, Task<PageBody>> read) => Map(route, async page =>
    {
        var body = await read(page).ConfigureAwait(false);
        var html = new HtmlWriter();
        body.Write(html);
        page.Http.Response.StatusCode = body.Status;
        await WriteAsync(page, html).ConfigureAwait(false);
    });

    /// <summary>Maps an answer of any kind. It must be there in time, and a few are read at once.</summary>
    public void Map(string route, Func<PageRequest, Task> answer) => Stream(route, async page =>
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(page.Stop);
        stop.CancelAfter(Timeout);
        await _reads.WaitAsync(page.Stop).ConfigureAwait(false);
        try
        {
            await answer(page with { Stop = stop.Token }).ConfigureAwait(false);
        }
        finally
        {
            _reads.Release();
        }
    });

    /// <summary>Maps an answer that lasts as long as its reader stays.</summary>
    public void Stream(string route, Func<PageRequest, Task> answer) => Guarded(route, async http =>
    {
        var page = await RequestAsync(http, route).ConfigureAwait(false);
        if (await _views.TryRecordAsync(page, route).ConfigureAwait(false))
        {
            await answer(page).ConfigureAwait(false);
        }
        else
        {
            await UnrecordedAsync(http).ConfigureAwait(false);
        }
    });

    /// <summary>Maps the files that pages load.</summary>
    public void Files() => Guarded("/_assets/{hash}/{name}", async http =>
    {
        if (AssetFiles.Find(http.Request.RouteValues["hash"] as string, http.Request.RouteValues["name"] as string) is not { } asset)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = asset.Bytes.Length;
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        await http.Response.Body.WriteAsync(asset.Bytes, http.RequestAborted).ConfigureAwait(false);
    });

    private static async Task WriteAsync(PageRequest page, HtmlWriter html)
    {
        page.Http.Response.ContentType = "text/html; charset=utf-8";
        html.CopyTo(page.Http.Response.BodyWriter);
        await page.Http.Response.BodyWriter.FlushAsync(page.Http.RequestAborted).ConfigureAwait(false);
    }

    private static string FirstSegment(string route) => route.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? string.Empty;

    private static async Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(
            """
            403: this dashboard is shown on this machine only.

            It was asked for from another machine, under another name than localhost, or through a proxy. To let others in, say who:

                app.MapAgentObservability("/aiobs").RequireAuthorization("ops");

            """,
            http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task UnrecordedAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(
            "503: this look could not be recorded. DashboardOptions.RecordViews asks for an event, and a durable sink with ThrowOnFailure did not confirm it.\n", http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Maps an answer for who may look.</summary>
    private void Guarded(string route, Func<HttpContext, Task> answer) => group.MapGet(route, http =>
    {
        SecurityHeaders.Add(http.Response);
        return sources.Options.Access == DashboardAccess.Anyone || LocalAccess.Admits(http) ? answer(http) : RefuseAsync(http);
    });

    private async Task<PageRequest> RequestAsync(HttpContext http, string route) => new()
    {
        Http = http,
        Sources = sources,
        Links = Links.Of(http.Request, route.Split('/', StringSplitOptions.RemoveEmptyEntries).Length),
        Filter = PageFilter.Read(http.Request.Query),
        ShowsContent = await _content.ShowsAsync(http).ConfigureAwait(false),
        Now = sources.Clock.GetUtcNow(),
        Stop = http.RequestAborted,
    };
}
