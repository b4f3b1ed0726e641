using AiObs.Benchmarks.Workloads;
using AiObs.Events.Sinks;

namespace AiObs.Benchmarks.Quick;

/// <summary>The rows of the table. A row's parts are made when it is measured, so that nothing else listens meanwhile.</summary>
internal static class Comparisons
{
    private const int Updates = 200;

    // So large that the sink keeps up: what is dropped costs nothing.
    private const int QueueCapacity = 100_000;

    public static IReadOnlyList<Func<Comparison>> All { get; } =
    [
        static () => new(
            "chat, nothing listening",
            PlainCall.Observed("b.off", isListening: false),
            PlainCall.Raw(),
            MaxRatio: 0.02,
            MaxBytes: 0) { MustPassThrough = true },
        static () => new(
            "stream, nothing listening",
            StreamedCall.Unheard("b.streamoff", updates: 1),
            StreamedCall.Raw(updates: 1),
            MaxRatio: null,
            MaxBytes: 0) { MustPassThrough = true },
        static () => new(
            "chat, both conventions, no content",
            PlainCall.Observed("b.chat"),
            PlainCall.Raw(),
            MaxRatio: 1.8,
            MaxBytes: 2048),
        static () => new(
            "chat, both conventions, content, 10 messages of 200 characters",
            PlainCall.Observed(
                "b.content", messages: 10, configure: static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans)),
            PlainCall.Raw(messages: 10),
            MaxRatio: 6,
            MaxBytes: 10_240),
        static () => new(
            "stream of 200 updates, no content",
            StreamedCall.Observed("b.stream", Updates),
            StreamedCall.Raw(Updates),
            MaxRatio: 9,
            MaxBytes: 2560),
        static () => new(
            "stream of 200 updates, each measured",
            StreamedCall.Observed("b.chunks", Updates, measuresChunks: true),
            StreamedCall.Raw(Updates),
            MaxRatio: 20,
            MaxBytes: null),
        static () => new(
            "chat, priced, nobody listens",
            PlainCall.Observed("b.cost", isListening: false, configure: static builder => builder.AddCostTracking()),
            PlainCall.Raw(),
            MaxRatio: 2.5,
            MaxBytes: 2048),
        static () => new(
            "+ cost of 3 buckets, and the 3 events of a call to a running sink",
            PlainCall.Observed("b.events", configure: static builder => builder.AddCostTracking().AddEventSink(
                new DelegateEventSink(static (_, _) => ValueTask.CompletedTask), static options => options.QueueCapacity = QueueCapacity)),
            PlainCall.Observed("b.noevents"),
            MaxRatio: 3.5,
            MaxBytes: 2560),
    ];
}
