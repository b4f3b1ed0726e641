using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using WeatherAgent.Screen;

namespace WeatherAgent.Assistant;

/// <summary>The assistant on a chat client. Under a name, the client keeps what was said and is told only what is new.</summary>
internal sealed class Conversation(IChatClient assistant, ChatScreen screen, string? name) : IConversation
{
    private readonly List<ChatMessage> _history = [];
    private readonly ChatOptions _options = WeatherAssistant.CreateOptions(name);

    public async Task AskAsync(string question, bool streams, CancellationToken cancellationToken)
    {
        screen.ShowQuestion(question);
        _history.Add(new ChatMessage(ChatRole.User, question));

        var updates = streams
            ? assistant.GetStreamingResponseAsync(_history, _options, cancellationToken)
            : GetWholeResponseAsync(cancellationToken);
        List<ChatResponseUpdate> received = [];

        try
        {
            await foreach (var update in updates)
            {
                received.Add(update);
                screen.Show(update);
            }
        }
        finally
        {
            screen.EndAnswer();
        }

        if (name is null)
        {
            _history.AddMessages(received);
        }
        else
        {
            _history.Clear();
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> GetWholeResponseAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = await assistant.GetResponseAsync(_history, _options, cancellationToken);

        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }
}
