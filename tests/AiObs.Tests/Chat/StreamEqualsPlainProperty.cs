using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>Whatever is said and however it is cut into updates: a stream leaves what a plain call leaves, and all of it can be read.</summary>
public sealed class StreamEqualsPlainProperty : IDisposable
{
    private static readonly string[] StreamKeys =
        ["gen_ai.request.stream", "gen_ai.response.time_to_first_chunk", "aiobs.stream.outcome", "aiobs.stream.chunks"];

    private readonly StubChatClient _stub = new();
    private readonly List<IDisposable> _chats = [];

    public void Dispose() => _chats.ForEach(static chat => chat.Dispose());

    [Theory]
    [InlineData(SpanConventions.All, GenAIProfile.V1_41, ContentCapture.All)]
    [InlineData(SpanConventions.All, GenAIProfile.Latest, ContentCapture.Spans)]
    [InlineData(SpanConventions.GenAI, GenAIProfile.V1_41, ContentCapture.None)]
    [InlineData(SpanConventions.OpenInference, GenAIProfile.V1_41, ContentCapture.All)]
    public void Stream_ArbitraryConversation_LeavesWhatAPlainCallLeaves(
        SpanConventions conventions, GenAIProfile profile, ContentCapture capture)
    {
        var chat = new ObservedChat(_stub, o =>
        {
            o.Conventions = conventions;
            o.GenAIProfile = profile;
            o.CaptureContent = capture;
        });
        _chats.Add(chat);

        Prop.ForAll<int[], string[]>((numbers, texts) => Compare(chat, new RandomConversation(numbers, texts)))
            .Check(Fuzz.Config());

        Assert.Empty(chat.Logs.GetSnapshot());
    }

    private void Compare(ObservedChat chat, RandomConversation conversation)
    {
        var updates = conversation.Updates;
        _stub.OnResponse = _ => Task.FromResult(updates.ToChatResponse());
        _stub.OnStream = _ => new StubUpdates(updates);

        AskAsync(chat, conversation).GetAwaiter().GetResult();

        var plain = chat.Spans.Spans[^2];
        var streamed = chat.Spans.Spans[^1];
        SpanAssert.Attributes(new(plain.TagObjects), streamed.TagObjects.Where(static tag => !StreamKeys.Contains(tag.Key)));
        Assert.Equal(InOrder(plain), InOrder(streamed));
        Assert.Equal(plain.Status, streamed.Status);
        JsonAttributes.Check(streamed);
    }

    private static async Task AskAsync(ObservedChat chat, RandomConversation conversation)
    {
        await chat.Client.GetResponseAsync(conversation.Messages, conversation.Options);
        await foreach (var _ in chat.Client.GetStreamingResponseAsync(conversation.Messages, conversation.Options))
        {
        }
    }

    private static IEnumerable<string> InOrder(Activity span) =>
        span.TagObjects.Select(static tag => tag.Key).Where(static key => !StreamKeys.Contains(key));
}
