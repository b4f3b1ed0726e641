using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using AiObs.Cost;
using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AiObs.Pictures;

/// <summary>Records everything that a run leaves behind and draws it: what the caller got, spans, costs, budgets, events, metrics and logs.</summary>
/// <remarks>
/// Roots have sources of their own, so that recorders can run side by side. Of sources that others share, such as a library's, only what happens
/// inside of <see cref="CallAsync"/>, <c>StreamAsync</c> and <see cref="RunAsync"/> is recorded.
/// </remarks>
public sealed class Recorder : IDisposable
{
    internal const string DefaultLabel = "root";

    private const string SinkName = "picture";

    private static readonly AsyncLocal<Recorder?> InFlow = new();

    private readonly string[] _sharedSources;
    private readonly ConcurrentDictionary<string, string> _labels = new();
    private readonly CollectedList<Activity> _started = new();
    private readonly CollectedList<Activity> _stopped = new();
    private readonly CollectedList<string> _caller = new();
    private readonly List<RecordedRoot> _roots = [];
    private readonly Dictionary<string, InMemoryEventSink> _sinks = [];
    private readonly List<(string Label, CostTracking Costs)> _costs = [];
    private readonly FakeLogCollector _logs = new();
    private readonly ActivityListener _listener;
    private readonly MetricRecorder _metrics;

    /// <summary>Starts to record.</summary>
    /// <param name="sharedSources">The names of activity sources and meters of others that are recorded too, and of a root of which only the name is known.</param>
    public Recorder(params IEnumerable<string> sharedSources)
    {
        _sharedSources = [.. sharedSources];
        _metrics = new MetricRecorder(IsListenedTo, IsRecorded);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => IsListenedTo(source.Name),
            Sample = (ref options) => IsRecorded(options.Source.Name) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = KeepStarted,
            ActivityStopped = _stopped.Add,
        };
        ActivitySource.AddActivityListener(_listener);
        Logs = new LoggerFactory([new FakeLoggerProvider(_logs)]);
    }

    /// <summary>Gets the time at which <see cref="Clock"/> stands until a test moves it.</summary>
    public static DateTimeOffset StartTime { get; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Gets the clock of the roots.</summary>
    public FakeTimeProvider Clock { get; } = new(StartTime);

    /// <summary>Gets what the roots log to.</summary>
    public ILoggerFactory Logs { get; }

    /// <summary>Gets the spans that ended so far and that nobody muted, in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _stopped.Items.Intersect(_started.Items).Where(static span => span.IsAllDataRequested)];

    /// <summary>Makes a root with all of this, which is disposed with the recorder.</summary>
    /// <param name="configure">What else to set.</param>
    /// <param name="label">What the picture calls it, where there are several.</param>
    /// <returns>The root.</returns>
    public AgentObservability CreateRoot(Action<AgentObservabilityBuilder>? configure = null, string label = DefaultLabel)
    {
        var root = AgentObservability.Create(builder =>
        {
            Configure(builder, label);
            configure?.Invoke(builder);
        });
        _roots.Add(new(label, root, _sinks[label], IsOwned: true));

        return root;
    }

    /// <summary>Gives a root of a container a source, a sink, the clock and the logs of this; <see cref="Attach(AgentObservability, string)"/> it once it is made.</summary>
    /// <param name="builder">What <c>AddAgentObservability()</c> returned.</param>
    /// <param name="label">What the picture calls it, where there are several.</param>
    public void Configure(AgentObservabilityBuilder builder, string label = DefaultLabel)
    {
        var source = NewSource(label);
        var sink = _sinks[label] = new InMemoryEventSink();
        builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton(Logs);
        builder.Configure(options => options.SourceName = source).AddEventSink(sink, name: SinkName);
    }

    /// <summary>Returns the name for the source of a root that a client makes for itself.</summary>
    /// <param name="label">What the picture calls it.</param>
    /// <returns>A name that no other root has.</returns>
    public string NewSource(string label)
    {
        var name = $"picture-{Guid.NewGuid():N}";
        _labels[name] = label;

        return name;
    }

    /// <summary>Shows costs, budgets and events of a root that was made elsewhere.</summary>
    /// <param name="root">The root; whoever made it disposes it.</param>
    /// <param name="label">The label under which it was configured, or a new one: then only events from now on are shown.</param>
    public void Attach(AgentObservability root, string label = DefaultLabel)
    {
        if (!_sinks.TryGetValue(label, out var sink))
        {
            _sinks[label] = sink = new InMemoryEventSink();
            root.Events.AddSink(sink, name: SinkName);
        }

        _roots.Add(new(label, root, sink, IsOwned: false));
    }

    /// <summary>Shows records and budgets of a client's own cost tracking, unless it is that of a root which is shown.</summary>
    /// <param name="costs">What <c>client.GetService&lt;CostTracking&gt;()</c> finds.</param>
    /// <param name="label">What the picture calls it.</param>
    public void Attach(CostTracking costs, string label) => _costs.Add((label, costs));

    /// <summary>Makes a call and notes what the caller gets: an answer or an exception.</summary>
    public Task CallAsync<T>(Func<Task<T>> call) => RunAsync(async () => Note(await call()));

    /// <summary>Reads a stream and notes each update, and the exception that ends it.</summary>
    /// <param name="call">Makes the stream.</param>
    /// <param name="leavesAt">Whether an update is the last that the reader wants; null to read to the end.</param>
    public Task StreamAsync(Func<IAsyncEnumerable<ChatResponseUpdate>> call, Predicate<ChatResponseUpdate>? leavesAt = null) => RunAsync(async () =>
    {
        await foreach (var update in call())
        {
            Note(update);
            if (leavesAt?.Invoke(update) is true)
            {
                NoteLine("left");
                break;
            }
        }
    });

    /// <summary>Does what leaves a picture; notes the exception that ends it.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the caller gets belongs to the picture.")]
    public async Task RunAsync(Func<Task> work)
    {
        InFlow.Value = this;
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            Note(exception);
        }
    }

    /// <summary>Adds to what the caller got: a response, an update, embeddings, an exception or any value.</summary>
    public void Note(object? got) => _caller.AddRange(AnswerText.Of(got));

    /// <summary>Adds a line of the test's own to what the caller got.</summary>
    public void NoteLine(string line) => _caller.Add(PictureText.Line(1, line));

    /// <summary>Waits until sinks and stores have everything, and draws it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="parts">What to draw; everything, unless told otherwise.</param>
    /// <param name="inBrief">Which parts are drawn in brief: of spans and events only what tells outcome and cost, and metrics without their tags.</param>
    /// <returns>The text, with tokens in the place of ids, ports and times.</returns>
    public async Task<string> DrawAsync(CancellationToken cancellationToken, PictureParts parts = PictureParts.All, PictureParts inBrief = PictureParts.None)
    {
        foreach (var (_, root, _, _) in _roots)
        {
            await root.Events.FlushAsync(cancellationToken);
        }

        var costs = AllCosts();
        foreach (var (_, tracking) in costs)
        {
            await tracking.FlushAsync(cancellationToken);
        }

        var records = await RecordsAsync(costs, cancellationToken);
        var lines = Enum.GetValues<PictureParts>().Where(part => parts.HasFlag(part)).SelectMany(part => LinesOf(part, costs, records, inBrief.HasFlag(part)));

        return Tokens().Replace(_labels.Aggregate(string.Join('\n', lines), (text, label) => text.Replace(label.Key, label.Value, StringComparison.Ordinal)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var root in _roots.Where(root => root.IsOwned))
        {
            root.Root.Dispose();
        }

        _listener.Dispose();
        _metrics.Dispose();
        Logs.Dispose();
    }

    private static IEnumerable<string> Part(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();

        return all.Count == 0 ? [] : all.Prepend(title);
    }

    // How many batches the recorder's own sink got is chance; how fast a budget burns follows from how it stands.
    private static bool IsOfTheRun(RecordedMeasurement measurement) =>
        !measurement.Tags.Any(tag => tag.Value is SinkName || tag.Key == "aiobs.budget.burn_window");

    private static string Of(string label) => label == DefaultLabel ? "" : $" of {label}";

    private static string LogLine(FakeLogRecord log) =>
        PictureText.Line(1, $"{log.Level} {log.Id.Id} {PictureText.Quote(log.Message)}{(log.Exception is { } exception ? $" {exception.GetType().FullName}" : "")}");

    private static async Task<List<CostRecord>> AllRecordsAsync(CostTracking costs, CancellationToken cancellationToken)
    {
        List<CostRecord> records = [];
        CostPage page;
        var query = CostQuery.All;
        do
        {
            page = await costs.Store.ListAsync(query, cancellationToken);
            records.AddRange(page.Records);
            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null);

        return records;
    }

    private async Task<IEnumerable<string>> RecordsAsync(IEnumerable<(string Label, CostTracking Costs)> costs, CancellationToken cancellationToken)
    {
        HashSet<Guid> shown = [];
        var spans = _started.Items.Select(span => span.SpanId.ToHexString()).ToList();
        List<string> lines = [];
        foreach (var (label, tracking) in costs)
        {
            var records = (await AllRecordsAsync(tracking, cancellationToken)).Where(record => shown.Add(record.Id));
            lines.AddRange(Part($"costs{Of(label)}", CostPicture.Of(records, spans)));
        }

        return lines;
    }

    private IEnumerable<string> LinesOf(
        PictureParts part, List<(string Label, CostTracking Costs)> costs, IEnumerable<string> records, bool isBrief) => part switch
        {
            PictureParts.Caller => Part("caller", _caller.Items),
            PictureParts.Spans => Part(isBrief ? "spans in brief" : "spans", new SpanPicture(_started.Items, _stopped.Items, _labels, isBrief).Lines()),
            PictureParts.Costs => records,
            PictureParts.Budgets => costs.SelectMany(item => Part($"budgets{Of(item.Label)}", item.Costs.Budgets.List().Select(CostPicture.Of))),
            PictureParts.Events => _roots.SelectMany(root =>
                Part($"events{(isBrief ? " in brief" : "")}{Of(root.Label)}", root.Sink.Events.SelectMany(item => EventPicture.Of(item, isBrief)))),
            PictureParts.Metrics when isBrief => Part("metrics in brief", MetricPicture.Brief(_metrics.Take().Where(IsOfTheRun), _labels)),
            PictureParts.Metrics => Part("metrics", MetricPicture.Of(_metrics.Take().Where(IsOfTheRun), _labels)),
            PictureParts.Logs => Part("logs", _logs.GetSnapshot().Where(log => log.Level >= LogLevel.Information).Select(LogLine)),
            _ => [],
        };

    private List<(string Label, CostTracking Costs)> AllCosts() =>
        [.. _roots.Where(root => root.Root.Costs is not null).Select(root => (root.Label, root.Root.Costs!)).Concat(_costs).DistinctBy(item => item.Item2)];

    private Tokens Tokens()
    {
        var spans = _started.Items;

        return new(spans.Select(span => span.SpanId.ToHexString()), spans.Select(span => span.TraceId.ToHexString()));
    }

    private bool IsListenedTo(string name) => _labels.ContainsKey(name) || _sharedSources.Contains(name);

    private bool IsRecorded(string name) => _labels.ContainsKey(name) || ReferenceEquals(InFlow.Value, this);

    // Another listener can have asked for an activity that is none of ours.
    private void KeepStarted(Activity span)
    {
        if (IsRecorded(span.Source.Name))
        {
            _started.Add(span);
        }
    }
}
