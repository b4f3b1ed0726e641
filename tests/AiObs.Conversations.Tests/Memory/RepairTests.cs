using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

public sealed class RepairTests
{
    [Fact]
    public async Task Apply_CallWithoutResult_IsLeftOut()
    {
        var result = await Said.ShapeAsync(Said.Stored(Said.User("a"), Said.Calls("1"), Said.User("b"), Said.Assistant("c")), [], added: Said.User("now"));

        Assert.Equal(["u:a", "u:b", "a:c", "u:now"], Said.Texts(result.Messages));
        Assert.Equal(["m1 Kept", "m2 Repaired", "m3 Kept", "m4 Kept", "- Kept"], Said.Decisions(result));
        Assert.True(result.HasChanged);
    }

    [Fact]
    public async Task Apply_CallWithoutResultOption_IsAnsweredThatItWasNotRun()
    {
        var result = await Said.ShapeAsync(Said.Stored(Said.User("a"), Said.Calls("1", "2"), Said.Results("2")), [], new() { AnswerMissingResults = true }, added: Said.User("now"));

        Assert.Equal(["u:a", "a:[1][2]", "t:{2}", "t:{1}", "u:now"], Said.Texts(result.Messages));
        Assert.Equal("The call was not run.", ((FunctionResultContent)result.Messages[3].Contents[0]).Result);
        Assert.Equal(["m1 Kept", "m2 Kept", "m3 Kept", "- Kept", "- Repaired"], Said.Decisions(result));
    }

    [Fact]
    public async Task Apply_PartOfAMessageIsBroken_KeepsTheRestWithoutReasoning()
    {
        var broken = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("let me see"), new FunctionCallContent("1", "get"), new FunctionCallContent("2", "get")]);
        var result = await Said.ShapeAsync(Said.Stored(Said.User("a"), broken, Said.Results("2")), [], added: Said.User("now"));

        Assert.Equal(["u:a", "a:let me see[2]", "t:{2}", "u:now"], Said.Texts(result.Messages));
        Assert.Equal("m2", result.Messages[1].MessageId);
    }

    [Theory]
    [InlineData("nobody's")]
    [InlineData("1")]
    public async Task Apply_ResultWithoutCallOrTwice_IsLeftOut(string id)
    {
        var result = await Said.ShapeAsync(Said.Stored(Said.User("a"), Said.Calls("1"), Said.Results("1"), Said.Results(id), Said.Assistant("b")), [], added: Said.User("now"));

        Assert.Equal(["u:a", "a:[1]", "t:{1}", "a:b", "u:now"], Said.Texts(result.Messages));
        Assert.Equal("m4 Repaired", Said.Decisions(result)[3]);
    }

    [Fact]
    public async Task Apply_SomebodySpeaksBetweenCallAndResult_MovesTheResult()
    {
        var result = await Said.ShapeAsync(Said.Stored(Said.User("a"), Said.Calls("1"), Said.User("still there?"), Said.Results("1"), Said.Assistant("b")), [], added: Said.User("now"));

        Assert.Equal(["u:a", "a:[1]", "t:{1}", "u:still there?", "a:b", "u:now"], Said.Texts(result.Messages));
    }

    [Fact]
    public async Task Apply_TwoCallsThatShareAnAnswer_GetEachItsOwn()
    {
        var result = await Said.ShapeAsync(Said.Stored(Said.User("a"), Said.Calls("1"), Said.Calls("2"), Said.Results("1", "2")), [], added: Said.User("now"));

        Assert.Equal(["u:a", "a:[1]", "t:{1}", "a:[2]", "t:{2}", "u:now"], Said.Texts(result.Messages));
        Assert.Equal("m4 Repaired", Said.Decisions(result)[3]);
    }

    [Fact]
    public async Task Apply_HistoryBeginsWithTheAssistant_BeginsWithTheUser()
    {
        var result = await Said.ShapeAsync(Said.Stored(Said.System("s"), Said.Assistant("hello"), Said.User("a")), [], added: Said.User("now"));

        Assert.Equal(["s:s", "u:a", "u:now"], Said.Texts(result.Messages));
        Assert.Equal(["m1 Kept", "m2 Repaired", "m3 Kept", "- Kept"], Said.Decisions(result));
    }

    [Fact]
    public async Task Apply_RefusedErasedAndPartial_ShowsOnlyTheTextOfThePartial()
    {
        var stored = Said.Stored(
            Said.User("refused"), Said.User("erased"), Said.User("a"), new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("half"), new FunctionCallContent("1", "get")]), Said.Calls("2"));
        stored[0] = stored[0] with { Status = MessageStatus.Refused };
        stored[1] = stored[1] with { Status = MessageStatus.Erased, Content = null };
        stored[3] = stored[3] with { Status = MessageStatus.Partial };
        stored[4] = stored[4] with { Status = MessageStatus.Partial };
        var result = await Said.ShapeAsync(stored, [], added: Said.User("now"));

        Assert.Equal(["u:a", "a:half", "u:now"], Said.Texts(result.Messages));
        Assert.Equal(["m1 Dropped", "m2 Dropped", "m3 Kept", "m4 Kept", "m5 Repaired", "- Kept"], Said.Decisions(result));
        Assert.Equal(["a policy refused it", "its content was erased"], result.Decisions.Take(2).Select(static decision => decision.Reason));
    }

    [Fact]
    public async Task Apply_ContentOfNoKnownKind_IsNotSent()
    {
        var result = await Said.ShapeAsync(Said.Stored(new ChatMessage(ChatRole.User, [new AIContent(), new TextContent("a")])), [], added: Said.User("now"));

        Assert.Equal(["u:a", "u:now"], Said.Texts(result.Messages));
    }

    [Fact]
    public async Task Reduce_HistoryThatEndsWithACall_LeavesItToBeAnswered()
    {
        ChatMessage[] messages = [Said.User("a"), Said.Calls("1", "2"), Said.Results("1")];

        Assert.Equal(messages, (await Said.ReduceAsync(messages, [new WindowMemory(1)])).Messages);
    }

    [Fact]
    public async Task Reduce_OnlyResults_LeavesThemAsTheServiceKeepsTheRest()
    {
        ChatMessage[] messages = [Said.Results("1")];

        Assert.Equal(messages, (await Said.ReduceAsync(messages, [new WindowMemory(1)])).Messages);
    }

    [Fact]
    public async Task Reduce_MessageToRepair_StaysAsItIsWithTheCaller()
    {
        var broken = new ChatMessage(ChatRole.Assistant, [new TextContent("b"), new FunctionCallContent("1", "get")]);
        var (_, messages) = await Said.ReduceAsync([Said.User("a"), broken, Said.User("now")], []);

        Assert.Equal((2, "a:b"), (broken.Contents.Count, Said.Texts(messages)[1]));
    }
}
