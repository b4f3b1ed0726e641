using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>Every kind of content that Microsoft.Extensions.AI has today is stored whole; one of tomorrow is here by itself.</summary>
public sealed class ContentKindsTests
{
    public static TheoryData<Type> Kinds => [.. SampleContents.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_Kind_IsReadAsItWas(Type kind)
    {
        var content = SampleContents.Create(kind);
        var message = new ChatMessage(ChatRole.Assistant, [content]);

        var stored = MessageContent.Of(message, options: null, out var lostCount);
        var read = stored.ToMessage();

        Assert.Equal(SampleContents.Describe(message), SampleContents.Describe(read));
        Assert.Equal((0, kind), (lostCount, Assert.Single(read.Contents).GetType()));
        Assert.Equal(stored.Json, MessageContent.Of(read).Json);
    }

    [Fact]
    public void Of_KindWithNothingInIt_IsReadAsItWas()
    {
        var message = new ChatMessage(ChatRole.Tool, [new AIContent(), new UsageContent(), new FunctionResultContent("call", null), new McpServerToolResultContent("call")]);

        var read = MessageContent.Of(message).ToMessage();

        Assert.Equal(SampleContents.Describe(message), SampleContents.Describe(read));
    }

    [Fact]
    public void Of_MessageWithEverything_IsReadAsItWas()
    {
        var message = new ChatMessage(new ChatRole("critic"), [.. SampleContents.Kinds.Select(SampleContents.Create)])
        {
            AuthorName = "Ada",
            MessageId = "message-1",
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)).AddTicks(1),
            AdditionalProperties = new() { ["kind"] = "question", ["nothing"] = null },
            RawRepresentation = new object(),
        };

        var read = MessageContent.Of(message).ToMessage();

        Assert.Equal(SampleContents.Describe(message), SampleContents.Describe(read));
        Assert.Null(read.RawRepresentation);
    }
}
