using AiObs.Store.Conversations;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

public sealed class CallIdReaderTests
{
    [Fact]
    public void Of_CallsResultsAndApprovals_AreNamedOnce()
    {
        var call = new FunctionCallContent("call-1", "look_up");
        var message = new ChatMessage(ChatRole.Assistant,
        [
            new TextContent("call-0"),
            call,
            new ToolApprovalRequestContent("approval-1", call),
            new ToolApprovalResponseContent("approval-2", approved: true, new McpServerToolCallContent("call-2", "look_up", "server")),
            new FunctionResultContent("call-3", "sunny"),
            new FunctionResultContent("call-1", "sunny"),
            new ToolCallContent(""),
        ]);

        Assert.Equal(["call-1", "approval-1", "approval-2", "call-2", "call-3"], CallIdReader.Of(message));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_Kind_AreThoseOfItsMembers(Type kind)
    {
        var ids = CallIdReader.Of(new ChatMessage(ChatRole.Assistant, [SampleContents.Create(kind)]));

        string?[] expected =
        [
            kind.GetProperty("RequestId") is null ? null : "some requestId",
            kind.GetProperty("CallId") is null ? null : "some callId",
            kind.GetProperty("ToolCall") is null ? null : "call of the approval",
        ];
        Assert.Equal(expected.OfType<string>(), ids);
    }

    public static TheoryData<Type> Kinds => [.. SampleContents.Kinds];

    [Fact]
    public void Of_ContentThatIsNotKnown_AreThoseThatItNames()
    {
        var message = new MessageContent(
            """{"contents":[{"$type":"hologramCall","callId":"call-1","requestId":"approval-1"},{"$type":"hologram","callId":7},{"$type":"hologram","callId":"\ud800"},3]}""", "").ToMessage();

        Assert.Equal(["approval-1", "call-1"], CallIdReader.Of(message));
    }

    [Fact]
    public void Of_MessageWithNothing_AreNone() => Assert.Empty(CallIdReader.Of(new ChatMessage(ChatRole.User, "hello")));
}
