using AiObs.Benchmarks.Workloads;
using AiObs.Events;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Quick;

/// <summary>
/// The rows of the table: calls of a client that we observe, against calls of the same client under <c>UseOpenTelemetry()</c> of Microsoft.Extensions.AI.
/// A row's parts are made when it is measured, so that nothing else listens meanwhile.
/// </summary>
internal static class Comparisons
{
    private const int Updates = 200;

    // So large that the sink keeps up: what is dropped costs nothing.
    private const int QueueCapacity = 100_000;

    public static IReadOnlyList<Func<Comparison>> All { get; } =
    [
        static () => new(
            "chat, nothing listening",
            new(PlainCall.Observed(isListening: false), PlainCall.Raw()),
            TheirCall(),
            MaxRatio: 0.02,
            MaxBytes: 0) { MustPassThrough = true },
        static () => new(
            "stream, nothing listening",
            new(StreamedCall.Unheard(updates: 1), StreamedCall.Raw(updates: 1)),
            TheirCall(),
            MaxRatio: null,
            MaxBytes: 0) { MustPassThrough = true },
        static () => new(
            "the same, with objects of an SDK in it",
            new(StreamedCall.Unheard(updates: 1, raw: new()), StreamedCall.Raw(updates: 1)),
            TheirCall(),
            MaxRatio: null,
            MaxBytes: 0) { MustPassThrough = true },
        static () => new(
            "chat, no content, GenAI alone",
            new(PlainCall.Observed(configure: static builder => builder.Configure(static options => options.Conventions = SpanConventions.GenAI)), PlainCall.Raw()),
            TheirCall(),
            MaxRatio: 1.8,
            MaxBytes: 2_304) { Goal = 1.5 },
        static () => new(
            "chat, no content, both conventions",
            new(PlainCall.Observed(), PlainCall.Raw()),
            TheirCall(),
            MaxRatio: 2.8,
            MaxBytes: 3_072) { Goal = 2 },
        static () => new(
            "the same, options that change from call to call",
            new(PlainCall.Observed(optionSets: OptionSets.Many), PlainCall.Raw()),
            new(PlainCall.Incumbent(optionSets: OptionSets.Many), PlainCall.Raw()),
            MaxRatio: 2.8,
            MaxBytes: 3_072) { Goal = 2.6 },
        static () => new(
            "chat, content, both conventions",
            new(PlainCall.Observed(configure: RecordContent), PlainCall.Raw()),
            new(PlainCall.Incumbent(recordsContent: true), PlainCall.Raw()),
            MaxRatio: 0.63,
            MaxBytes: 11_264) { Goal = 0.5 },
        static () => new(
            "stream of 200 updates, no content, both conventions",
            new(StreamedCall.Observed(Updates), StreamedCall.Raw(Updates)),
            new(StreamedCall.Incumbent(Updates), StreamedCall.Raw(Updates)),
            MaxRatio: 0.32,
            MaxBytes: 3_584) { Goal = 0.25 },
        static () => new(
            "stream of 200 updates, content, both conventions",
            new(StreamedCall.Observed(Updates, configure: RecordContent), StreamedCall.Raw(Updates)),
            new(StreamedCall.Incumbent(Updates, recordsContent: true), StreamedCall.Raw(Updates)),
            MaxRatio: 0.72,
            MaxBytes: 28_672) { Goal = 0.4 },
        static () => new(
            "stream of 200 updates, no content, each measured",
            new(StreamedCall.Observed(Updates, measuresChunks: true), StreamedCall.Raw(Updates)),
            new(StreamedCall.Incumbent(Updates, measuresChunks: true), StreamedCall.Raw(Updates)),
            MaxRatio: 0.5,
            MaxBytes: null),
        static () => new(
            "chat, priced, nobody listens",
            new(PlainCall.Observed(isListening: false, configure: static builder => builder.AddCostTracking()), PlainCall.Raw()),
            TheirCall(),
            MaxRatio: 1.9,
            MaxBytes: 2_560),
        static () => new(
            "+ cost of 3 buckets, and the 3 events of a call to a running sink",
            new(PlainCall.Observed(configure: PriceAndTell), PlainCall.Observed()),
            TheirCall(),
            MaxRatio: 2.6,
            MaxBytes: 2_816) { Goal = 1.5 },
        static () => new(
            "+ looking for usage in the objects of 200 updates",
            new(StreamedCall.Observed(Updates, raw: new(), configure: Price), StreamedCall.Observed(Updates, configure: Price)),
            new(StreamedCall.Incumbent(Updates), StreamedCall.Raw(Updates)),
            MaxRatio: 0.15,
            MaxBytes: 0),
        static () => new(
            "+ a host that the options name",
            new(PlainCall.Observed(configure: PriceByHost), PlainCall.Observed(configure: Price)),
            TheirCall(),
            MaxRatio: 0.2,
            MaxBytes: 32),
    ];

    private static Difference TheirCall() => new(PlainCall.Incumbent(), PlainCall.Raw());

    private static void RecordContent(AgentObservabilityBuilder builder) =>
        builder.Configure(static options => options.CaptureContent = ContentCapture.Spans);

    private static void Price(AgentObservabilityBuilder builder) => builder.AddCostTracking();

    private static void PriceByHost(AgentObservabilityBuilder builder) =>
        builder.AddCostTracking(static options => options.Pricing.Hosts["api.openai.com"] = "openai");

    private static void PriceAndTell(AgentObservabilityBuilder builder) => builder.AddCostTracking().AddEventSink(
        new DelegateEventSink(static (_, _) => ValueTask.CompletedTask), static options => options.QueueCapacity = QueueCapacity);
}
