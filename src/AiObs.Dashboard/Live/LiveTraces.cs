using System.Collections.Concurrent;
using System.Threading.Channels;
using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Mounting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiObs.Dashboard.Live;

/// <summary>Tells readers of the list of traces what is new, as server-sent events. Readers of the same list share one watcher, and each message is made once for all of them.</summary>
internal sealed class LiveTraces
{
    private readonly ConcurrentDictionary<string, LiveList> _lists = new(StringComparer.Ordinal);

    public static void Map(DashboardEndpoints map)
    {
        var live = new LiveTraces();
        map.Stream("/live", live.ServeAsync);
    }

    private async Task ServeAsync(PageRequest page)
    {
        // A host that stops waits for its answers, and this one has no end of its own.
        var stopping = page.Http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(page.Stop, stopping);
        await ServeAsync(page with { Stop = stop.Token }, page.Http.Response).ConfigureAwait(false);
    }

    private async Task ServeAsync(PageRequest page, HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync(": hello\n\n", page.Stop).ConfigureAwait(false);
        await response.Body.FlushAsync(page.Stop).ConfigureAwait(false);

        var key = page.Links.Mount + page.Filter.ToQuery();
        var messages = Join(key, page, out var list);
        try
        {
            // Ends with the feed; a browser asks again after a while.
            await foreach (var message in messages.Reader.ReadAllAsync(page.Stop).ConfigureAwait(false))
            {
                await response.BodyWriter.WriteAsync(message, page.Stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
        finally
        {
            if (list.Leave(messages))
            {
                _lists.TryRemove(new(key, list));
            }
        }
    }

    private Channel<byte[]> Join(string key, PageRequest page, out LiveList list)
    {
        while (true)
        {
            list = _lists.GetOrAdd(key, _ => new LiveList(page));
            if (list.Join() is { } messages)
            {
                return messages;
            }

            // Its last reader has just gone, or its feed has ended.
            _lists.TryRemove(new(key, list));
        }
    }
}
