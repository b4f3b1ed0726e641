using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>The rows of the table. A row's parts are made when it is measured, so that nothing else listens meanwhile.</summary>
internal static class Comparisons
{
    private const int Updates = 200;

    public static IReadOnlyList<Func<Comparison>> All { get; } =
    [
        static () => new(
            "chat, nothing listening",
            PlainCall.Observed("b.off", isListening: false),
            PlainCall.Raw(),
            MaxRatio: 0.02,
            MaxBytes: 0),
        static () => new(
            "chat, both conventions, no content",
            PlainCall.Observed("b.chat"),
            PlainCall.Raw(),
            MaxRatio: 1.8,
            MaxBytes: 2048),
        static () => new(
            "chat, both conventions, no content, priced",
            PlainCall.Observed("b.priced", configure: static builder => builder.AddCostTracking()),
            PlainCall.Raw(),
            MaxRatio: 3.2,
            MaxBytes: 4096),
        static () => new(
            "chat, priced, nobody listens",
            PlainCall.Observed("b.cost", isListening: false, configure: static builder => builder.AddCostTracking()),
            PlainCall.Raw(),
            MaxRatio: 1.8,
            MaxBytes: 2048),
        static () => new(
            "chat, both conventions, content, 10 messages of 200 characters",
            PlainCall.Observed(
                "b.content", messages: 10, configure: static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans)),
            PlainCall.Raw(messages: 10),
            MaxRatio: 9,
            MaxBytes: null),
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
    ];
}
