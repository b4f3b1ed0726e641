using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>Whatever users, models and tools say: both paths record the same, nothing fails, and what is to be JSON is.</summary>
public sealed class HostileConversationProperties : IDisposable
{
    private static readonly string[] StreamKeys =
        ["gen_ai.request.stream", "gen_ai.response.time_to_first_chunk", "aiobs.stream.outcome", "aiobs.stream.chunks"];

    private readonly StubChatClient _stub = new();
    private ObservedChat? _chat;

    public void Dispose() => _chat?.Dispose();

    [Theory]
    [InlineData(RedactionRules.None)]
    [InlineData(RedactionRules.All)]
    public void Chat_HostileConversation_LeavesTheSameSoundSpanBothWays(RedactionRules rules)
    {
        _chat = new ObservedChat(_stub, options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.EmitOperationDetails = true;
            options.Privacy.RedactionRules = rules;
            options.RecordedAdditionalProperties.Add("note");
        });

        // The rules read all that is said several times over, which takes most of the time.
        Fuzz.Check(HostileConversation.Any, Compare, cases: rules == RedactionRules.None ? 150 : 75);
    }

    private void Compare(HostileConversation conversation)
    {
        _stub.OnResponse = _ => Task.FromResult(conversation.Updates.ToChatResponse());
        _stub.OnStream = _ => new StubUpdates(conversation.Updates);

        AskAsync(conversation).GetAwaiter().GetResult();

        var (plain, streamed) = (_chat!.Spans.Spans[^2], _chat.Spans.Spans[^1]);
        SpanAssert.Attributes(new(plain.TagObjects), streamed.TagObjects.Where(static tag => !StreamKeys.Contains(tag.Key)));
        Assert.Equal((ActivityStatusCode.Unset, ActivityStatusCode.Unset), (plain.Status, streamed.Status));
        JsonAttributes.Check(plain);
        Assert.DoesNotContain(_chat.Logs.GetSnapshot(), static log => log.Message.StartsWith("Observing failed", StringComparison.Ordinal));
    }

    private async Task AskAsync(HostileConversation conversation)
    {
        await _chat!.Client.GetResponseAsync(conversation.Messages, conversation.Options);
        await foreach (var _ in _chat.Client.GetStreamingResponseAsync(conversation.Messages, conversation.Options))
        {
        }
    }
}
