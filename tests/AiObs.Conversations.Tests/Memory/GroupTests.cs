using AiObs.Conversations.Memory;
using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

public sealed class GroupTests
{
    [Fact]
    public void Groups_CallsWithResultsInSeveralMessages_AreOneByCallId() => Assert.Equal(
        ["Plain 1 u:a", "ToolCalls 1 a:[1][2] t:{1} t:{2}", "Plain 1 a:b", "Plain 0 u:now"],
        Groups(Said.User("a"), Said.Calls("1", "2"), Said.Results("1"), Said.Assistant("b"), Said.Results("2"), Said.User("now")));

    [Fact]
    public void Groups_SameCallIdAfterItsResult_AreTwo() => Assert.Equal(
        ["Plain 1 u:a", "ToolCalls 1 a:[call_0] t:{call_0}", "ToolCalls 1 a:[call_0] t:{call_0}", "Plain 0 u:now"],
        Groups(Said.User("a"), Said.Calls("call_0"), Said.Results("call_0"), Said.Calls("call_0"), Said.Results("call_0"), Said.User("now")));

    [Fact]
    public void Groups_ApprovalWithItsCallAndResult_AreOne()
    {
        var call = new FunctionCallContent("1", "pay");

        Assert.Equal(
            ["Plain 1 u:a", "ToolCalls 1 a:?r u:!r a:[1] t:{1}", "Plain 0 u:now"],
            Groups(
                Said.User("a"),
                new(ChatRole.Assistant, [new ToolApprovalRequestContent("r", call)]),
                new(ChatRole.User, [new ToolApprovalResponseContent("r", true, call)]),
                new(ChatRole.Assistant, [call]),
                Said.Results("1"),
                Said.User("now")));
    }

    [Fact]
    public void Groups_ToolMessageThatNamesNoCall_BelongsToTheCallBefore() => Assert.Equal(
        ["Plain 1 u:a", "ToolCalls 1 a:[1] t:{1} t:more", "Plain 0 u:now"],
        Groups(Said.User("a"), Said.Calls("1"), Said.Results("1"), new(ChatRole.Tool, "more"), Said.User("now")));

    [Fact]
    public void Groups_SystemMessages_StandFirst() => Assert.Equal(
        ["System 0 s:be kind", "Plain 1 u:a", "Plain 0 u:now"],
        Groups(Said.User("a"), Said.System("be kind"), Said.User("now")));

    [Fact]
    public void Groups_Turns_AreCountedFromThePresentOne() => Assert.Equal(
        ["Plain 2 u:a", "Plain 2 a:b", "Plain 1 u:c", "Plain 1 a:d", "Plain 0 u:now", "ToolCalls 0 a:[1] t:{1}"],
        Groups(Said.User("a"), Said.Assistant("b"), Said.User("c"), Said.Assistant("d"), Said.User("now"), Said.Calls("1"), Said.Results("1")));

    [Fact]
    public void Groups_ResultInThePresentTurn_KeepsTheCallThatIsOlder() => Assert.Equal(
        [("ToolCalls", false), ("Plain", false)],
        [.. Build([Said.User("a"), Said.Calls("1"), Said.User("now"), Said.Results("1")]).Skip(1).Select(static group => ($"{group.Kind}", group.CanDrop))]);

    [Fact]
    public void Groups_WithoutAQuestion_CannotBeDropped() =>
        Assert.All(Build([Said.Calls("1"), Said.Results("1")]), static group => Assert.False(group.CanDrop));

    [Fact]
    public void Groups_OneMessagePinned_AreWhole()
    {
        var stored = Said.Stored(Said.User("a"), Said.Calls("1"), Said.Results("1"), Said.User("now"));
        var items = stored.Select(static (message, index) => MemoryItem.Of(index == 2 ? message with { IsPinned = true } : message)).ToArray();
        var group = MemoryGroups.Of(items, new(null, null, items))[1];

        Assert.Equal((MessageGroupKind.Pinned, 2, false), (group.Kind, group.Count, group.CanDrop));
    }

    [Fact]
    public void IdsOf_EveryKindOfContent_NamesCallsAndApprovals() => Assert.Equal(
        ["f", "m", "r", "c", "w"],
        ToolPairs.IdsOf(new(ChatRole.Assistant,
        [
            new TextContent("x"), new FunctionCallContent("f", "get"), new McpServerToolCallContent("m", "search", "server"),
            new ToolApprovalRequestContent("r", new FunctionCallContent("c", "pay")), new FunctionCallContent("f", "get"), new FunctionResultContent("w", 1),
        ])));

    [Fact]
    public async Task Apply_GroupsThatCannotBeDropped_RefuseIt()
    {
        var refused = new List<string>();
        var strategy = new Strategy(work =>
        {
            foreach (var group in work.Groups)
            {
                var exception = Record.Exception(() => work.Drop(group, "test"));
                refused.Add($"{group.Kind} {exception?.GetType().Name ?? "dropped"}");
            }
        });
        var stored = Said.Stored(Said.System("s"), Said.User("a"), Said.User("pin"), Said.Assistant("b"));
        stored[2] = stored[2] with { IsPinned = true };
        var result = await MemoryPipeline.ApplyAsync(
            [.. stored.Select(MemoryItem.Of), MemoryItem.Injected(Said.User("facts")), MemoryItem.New(Said.User("now"))], [strategy], new(), MemorySource.None, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["System InvalidOperationException", "Injected InvalidOperationException", "Plain dropped", "Pinned InvalidOperationException", "Plain dropped", "Plain InvalidOperationException"],
            refused);
        Assert.Equal(["s:s", "u:facts", "u:pin", "u:now"], Said.Texts(result.Messages));
        Assert.Equal(["m1 Kept", "m2 Dropped test", "m3 Pinned", "m4 Dropped test", "- Injected", "- Kept"], Said.Decisions(result));
    }

    [Fact]
    public async Task Apply_WrongUseOfTheWork_IsRefusedAndUndone()
    {
        var problems = new List<string?>();
        var strategy = new Strategy(work =>
        {
            var (old, tools) = (work.Groups[0], work.Groups[1]);
            Note(() => work.Drop(old, " "));
            Note(() => work.Replace([], Said.User("s"), "test"));
            Note(() => work.Replace([old], Said.System("s"), "test"));
            Note(() => work.Replace([old], Said.Calls("9"), "test"));
            Note(() => work.Trim(tools, [tools.Messages[0]], "test"));
            Note(() => work.Trim(tools, [tools.Messages[0], Said.Results("2")], "test"));
            work.Drop(old, "test");
            Note(() => work.Drop(old, "test"));
            throw new NotSupportedException("no");

            void Note(Action action) => problems.Add((Record.Exception(action) as ArgumentException)?.ParamName);
        });
        var exception = await Assert.ThrowsAsync<MemoryException>(() => Said.ShapeAsync(
            Said.Stored(Said.User("a"), Said.Calls("1"), Said.Results("1")), [strategy], added: Said.User("now")));

        Assert.Equal(["reason", "groups", "message", "message", "shorter", "shorter", "group"], problems);
        Assert.Equal(("test", typeof(NotSupportedException)), (exception.Strategy, exception.InnerException!.GetType()));
    }

    private static IReadOnlyList<MessageGroup> Build(ChatMessage[] messages)
    {
        MemoryItem[] items = [.. Said.Stored(messages).Select(MemoryItem.Of)];
        return MemoryGroups.Of(items, new(null, null, items));
    }

    /// <summary>Groups messages twice, stored and not, which must not differ.</summary>
    private static string[] Groups(params ChatMessage[] messages)
    {
        MemoryItem[] items = [.. messages.Select(MemoryItem.Of)];
        var plain = Texts(MemoryGroups.Of(items, new(null, null, items)));
        Assert.Equal(plain, Texts(Build(messages)));
        return plain;
    }

    private static string[] Texts(IEnumerable<MessageGroup> groups) =>
        [.. groups.Select(static group => $"{group.Kind} {group.TurnsAgo} {string.Join(' ', Said.Texts(group.Messages))}")];
}
