using System.Text;
using AiObs.Tests.Chat;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Text that travels as bytes is hidden where text is.</summary>
public sealed class TextAsDataTests
{
    private const string Secret = "ada@example.com";

    public static TheoryData<Action<AgentObservabilityOptions>, string> Cases => new()
    {
        { static o => o.Privacy.HideInputText = true, "text/plain" },
        { static o => o.Privacy.RedactText = static (_, text) => text, "application/json" },
        { static o => o.Privacy.RedactText = static (_, text) => text, "text/plain;charset=utf-8" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task GetResponseAsync_TextHiddenOrRedacted_BytesOfTextAreNotShown(Action<AgentObservabilityOptions> configure, string mediaType)
    {
        var bytes = Encoding.UTF8.GetBytes(Secret);
        using var stub = new StubChatClient();
        using var chat = new ObservedChat(stub, options =>
        {
            ObservedChat.WithContent(options);
            configure(options);
        });

        await chat.AskAsync([new ChatMessage(ChatRole.User, [new DataContent(bytes, mediaType)])]);

        var written = (string)chat.Span.GetTagItem("gen_ai.input.messages")!;
        Assert.Contains("__REDACTED__", written, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(bytes), written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_NothingHidden_BytesOfTextAreShown()
    {
        using var stub = new StubChatClient();
        using var chat = new ObservedChat(stub, ObservedChat.WithContent);

        await chat.AskAsync([new ChatMessage(ChatRole.User, [new DataContent(Encoding.UTF8.GetBytes(Secret), "text/plain")])]);

        Assert.Contains(
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), (string)chat.Span.GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
    }
}
