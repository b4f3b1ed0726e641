using System.Diagnostics;
using AiObs.Otlp.Receiving;
using AiObs.Otlp.Spans;

namespace AiObs.Otlp.Tests.Receiving;

public sealed class SeenSpansTests
{
    private readonly SeenSpans _seen = new();

    [Fact]
    public void SpanThatIsItsOwnAncestor_EndsTheWalk()
    {
        Add(1, parent: 2);
        Add(2, parent: 1);
        Add(3, parent: 3);

        Assert.Equal([CallPlace.Here, CallPlace.Inside, CallPlace.Here], [Count(1), Count(2), Count(3)]);
    }

    [Fact]
    public void Chain_DeeperThanAnySaneOne_IsNotFollowedToItsEnd()
    {
        for (ulong number = 1; number <= 300; number++)
        {
            Add(number, parent: number + 1);
        }

        Assert.Equal(CallPlace.Here, Count(300));
        Assert.Equal([CallPlace.Around, CallPlace.Here], [Count(45), Count(1)]);
    }

    [Fact]
    public void Spans_BeyondWhatIsRemembered_AreForgottenTheOldestFirst()
    {
        for (ulong number = 1; number <= SeenSpans.Capacity * 2; number++)
        {
            Assert.True(Add(number, parent: null));
        }

        Assert.False(Add(SeenSpans.Capacity * 2, parent: null));
        Assert.True(Add(1, parent: null));
    }

    private bool Add(ulong number, ulong? parent) => _seen.Add(
        new()
        {
            Key = new(1, number),
            Parent = parent is { } around ? new SpanKey(1, around) : null,
            TraceId = ActivityTraceId.CreateRandom(),
            SpanId = ActivitySpanId.CreateRandom(),
            Scope = "",
            Name = "",
            Kind = ActivityKind.Client,
            Start = DateTime.UnixEpoch,
            End = DateTime.UnixEpoch,
            Attributes = [],
            Events = [],
        },
        isBoundary: false);

    private CallPlace Count(ulong number) => _seen.Count(new(1, number));
}
