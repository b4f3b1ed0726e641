using System.Runtime.CompilerServices;
using AiObs.Benchmarks.Workloads;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Quick;

/// <summary>
/// What it takes on the thread of a call to keep its span, in bare activities. What waits is written between the slices that are measured, so that the worker takes nothing from them.
/// </summary>
internal static class TraceComparisons
{
    /// <summary>The bytes that a span may take beside the copy of its tags.</summary>
    private const int MaxBytes = 1_024;

    /// <summary>The most tags that the span of such a call has, those at its start included, of which there is a copy while it runs.</summary>
    private const int TagsOfChat = 27;

    // So large that no span is dropped: that would take less.
    private const int QueueCapacity = 1_000_000;

    public static IReadOnlyList<Func<Comparison>> All { get; } =
    [
        static () => new(
            "a span of twelve tags is kept",
            new(new BareActivity(QueueCapacity), new BareActivity()),
            new(new BareActivity(), new Nothing()),
            MaxRatio: 1,
            MaxBytes + SizeOfTags(BareActivity.TagCount)),
        static () => new(
            "the span of a chat is kept, no content, both conventions",
            new(
                PlainCall.Observed(configure: static builder => builder.AddTraces(static options => options.QueueCapacity = QueueCapacity)),
                PlainCall.Observed(configure: static builder => builder.AddLatencies())),
            new(new BareActivity(), new Nothing()),
            MaxRatio: null,
            MaxBytes + SizeOfTags(TagsOfChat)),
    ];

    /// <summary>Returns the bytes of the copy of tags.</summary>
    private static long SizeOfTags(int count) => (long)count * Unsafe.SizeOf<KeyValuePair<string, object?>>();
}
