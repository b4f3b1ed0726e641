using AiObs.Events;
using AiObs.Events.Raising;
using AiObs.Operations;

namespace AiObs.Tests.Events;

public sealed class EventSizeTests
{
    private static readonly AgentEvent Bare = new() { Id = Guid.NewGuid(), Time = DateTimeOffset.UnixEpoch, Type = "a" };

    public static TheoryData<AgentEvent, long> Texts => new()
    {
        { Bare with { Type = "abc" }, 4 },
        { Bare with { Content = new('c', 1_000) }, 2_000 },
        { Bare with { ConversationId = "1234" }, 8 },
        { Bare with { UserId = "1234" }, 8 },
        { Bare with { SessionId = "1234" }, 8 },
        { Bare with { Data = Data(("key", new string('v', 100))) }, 64 + 6 + 200 },
        { Bare with { Data = Data(("k", new List<object?> { "ab", 1, null })) }, 64 + 2 + (3 * 64) + 4 },
        { Bare with { Data = Data(("k", Data(("in", "ab")))) }, 64 + 2 + 64 + 4 + 4 },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void Of_TextsAndValues_CountsTheirCharacters(AgentEvent item, long more) => Assert.Equal(EventSize.Of(Bare) + more, EventSize.Of(item));

    [Fact]
    public void Of_FactsOfACall_CountsTheirTextsWithoutListingThem()
    {
        var chat = new ChatOperation(ModelEndpoint.Unknown, new('m', 500), ChatRequest.Default);
        var isListed = false;
        var data = new EventData(new CallFacts(chat), facts =>
        {
            isListed = true;
            return new FactList(1);
        });

        Assert.Equal(1_024 + 1_000, data.Size);
        Assert.False(isListed);
    }

    private static Dictionary<string, object?> Data(params (string Key, object? Value)[] entries) =>
        entries.ToDictionary(static entry => entry.Key, static entry => entry.Value);
}
