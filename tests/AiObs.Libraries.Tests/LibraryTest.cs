using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests;

/// <summary>What the tests of all libraries share.</summary>
public abstract class LibraryTest
{
    /// <summary>Gets both ways of asking with each of the content modes that a user chooses between.</summary>
    public static MatrixTheoryData<CallStyle, ContentMode> EachWay => new(
        [CallStyle.Plain, CallStyle.Streamed], [ContentMode.Off, ContentMode.On, ContentMode.Masked]);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Asks a client in either way and reads the answer to its end.</summary>
    protected static Task<ChatResponse> AskAsync(IChatClient client, CallStyle style, ChatOptions? options = null) =>
        AskAsync(client, style, Weather.Conversation, options);

    /// <summary>Asks a client in either way and reads the answer to its end.</summary>
    protected static Task<ChatResponse> AskAsync(IChatClient client, CallStyle style, IList<ChatMessage> messages, ChatOptions? options = null) =>
        style == CallStyle.Plain
            ? client.GetResponseAsync(messages, options, Token)
            : client.GetStreamingResponseAsync(messages, options, Token).ToChatResponseAsync(Token);
}
