using System.Globalization;
using System.Text;
using System.Threading.Channels;
using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Live;

/// <summary>A list of traces that somebody watches. It ends with its last reader, and is never started again.</summary>
#pragma warning disable CA1001 // A source without a timer or a wait handle holds nothing that has to be disposed.
internal sealed class LiveList
#pragma warning restore CA1001
{
    /// <summary>How long changes are gathered: a reader gets four messages a second at most.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a connection may be still.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How many messages wait for a slow reader; the oldest are dropped, as the newer ones say more.</summary>
    private const int Waiting = 16;

    /// <summary>How many changes wait where costs are slow to come; the oldest are dropped, as the newer ones of a trace say more.</summary>
    private const int WaitingChanges = 1_000;

    private readonly Lock _lock = new();
    private readonly List<Channel<byte[]>> _readers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly PageRequest _page;
    private long _number;
    private bool _isStarted;
    private bool _hasEnded;

    public LiveList(PageRequest page) => _page = page with { Stop = _stop.Token };

    /// <summary>Lets a reader in; <see langword="null"/> when the list has ended.</summary>
    public Channel<byte[]>? Join()
    {
        lock (_lock)
        {
            if (_hasEnded)
            {
                return null;
            }

            var reader = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });
            _readers.Add(reader);
            if (!_isStarted)
            {
                _isStarted = true;
                _ = Task.Run(WatchAsync, CancellationToken.None);
            }

            return reader;
        }
    }

    /// <summary>Lets a reader go.</summary>
    /// <returns>Whether the list has ended: it was the last one, or there is nothing more to tell.</returns>
    public bool Leave(Channel<byte[]> reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            if (_readers.Count > 0 || _hasEnded)
            {
                return _hasEnded;
            }

            _hasEnded = true;
        }

        _stop.Cancel();
        return true;
    }

    private async Task WatchAsync()
    {
        try
        {
            var changes = Channel.CreateBounded<TraceChange>(new BoundedChannelOptions(WaitingChanges) { FullMode = BoundedChannelFullMode.DropOldest });
            var reading = ReadAsync(changes.Writer);
            while (await WaitAsync(changes.Reader).ConfigureAwait(false))
            {
                await SendAsync(Latest(changes.Reader)).ConfigureAwait(false);
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(false);
            }

            await reading.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody is left to tell.
        }
#pragma warning disable CA1031 // Nobody waits for this, so that it would end unheard.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _page.Sources.Logger.PanelFailed(exception, "live");
        }
        finally
        {
            End();
        }
    }

    /// <summary>Waits for changes, and tells readers meanwhile that it is still there: proxies end connections on which nothing comes.</summary>
    private async Task<bool> WaitAsync(ChannelReader<TraceChange> changes)
    {
        var waiting = changes.WaitToReadAsync(_stop.Token).AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(Heartbeat, _page.Sources.Clock, _stop.Token).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!waiting.IsFaulted)
            {
                Send(": still here\n\n"u8.ToArray());
            }
        }
    }

    private async Task ReadAsync(ChannelWriter<TraceChange> changes)
    {
        try
        {
            await foreach (var change in _page.Sources.Feed.WatchAsync(_page.Filter.ToTraceQuery(_page.Now), _stop.Token).ConfigureAwait(false))
            {
                changes.TryWrite(change);
            }

            changes.Complete();
        }
#pragma warning disable CA1031 // It is told where the changes are read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            changes.Complete(exception);
        }
    }

    /// <summary>Takes what has come: each trace as it is now.</summary>
    private static Dictionary<string, TraceSummary>.ValueCollection Latest(ChannelReader<TraceChange> changes)
    {
        var latest = new Dictionary<string, TraceSummary>(StringComparer.Ordinal);
        while (changes.TryRead(out var change))
        {
            latest[change.Trace.TraceId] = change.Trace;
        }

        return latest.Values;
    }

    private async Task SendAsync(Dictionary<string, TraceSummary>.ValueCollection traces)
    {
        var costs = _page.Sources.Observability.PricedTraces is { } priced
            ? await priced.SumAsync([.. traces.Select(static trace => trace.TraceId).Take(TraceQuery.MaxPageSize)], _stop.Token).ConfigureAwait(false)
            : new Dictionary<string, CostSum>();
        var html = new HtmlWriter();
        TraceRows.Write(html, _page, traces.OrderBy(static trace => trace.Time).Select(trace => new PricedTrace(trace, costs.GetValueOrDefault(trace.TraceId, CostSum.Zero))));
        Send(MessageOf(html.ToString()));
    }

    private void Send(byte[] message)
    {
        lock (_lock)
        {
            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(message);
            }
        }
    }

    /// <summary>Makes a message as it is sent, once for all readers.</summary>
    private byte[] MessageOf(string html)
    {
        var message = new StringBuilder();
        message.Append(CultureInfo.InvariantCulture, $"id: {++_number}\nevent: row\n");
        foreach (var line in html.AsSpan().EnumerateLines())
        {
            message.Append("data: ").Append(line).Append('\n');
        }

        return Encoding.UTF8.GetBytes(message.Append('\n').ToString());
    }

    private void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            foreach (var reader in _readers)
            {
                reader.Writer.TryComplete();
            }
        }

        // The feed goes on by itself where sending has failed.
        _stop.Cancel();
    }
}
