using AiObs;
using AiObs.Tracing;
using OpenAI.Chat;
using WeatherAgent.Screen;

namespace WeatherAgent.Assistant;

/// <summary>The assistant on the SDK as it is, without any chat client: the agent is traced by hand, the model calls and tools observe themselves.</summary>
internal sealed class RawConversation(ChatClient model, AgentObservability observability, ChatScreen screen) : IConversation
{
    private const int MaxRounds = 10;

    private readonly List<ChatMessage> _history = [new SystemChatMessage(WeatherAssistant.Instructions)];
    private readonly RawTools _tools = new(observability);

    public async Task AskAsync(string question, bool streams, CancellationToken cancellationToken)
    {
        screen.ShowQuestion(question);
        _history.Add(new UserChatMessage(question));
        try
        {
            await observability.Tracer.TraceAgentAsync(
                WeatherAssistant.Name,
                new AgentStart { Input = question },
                _ => AnswerAsync(streams, cancellationToken),
                cancellationToken);
        }
        finally
        {
            screen.EndAnswer();
        }
    }

    private async Task<string> AnswerAsync(bool streams, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var turn = streams ? await StreamAsync(cancellationToken) : await CompleteAsync(cancellationToken);
            _history.Add(turn.ToMessage());
            if (turn.Calls.Count == 0)
            {
                return turn.Text;
            }

            _history.AddRange(await Task.WhenAll(turn.Calls.Select(call => _tools.RunAsync(call, cancellationToken))));
        }

        throw new InvalidOperationException($"The model still asked for tools after {MaxRounds} rounds.");
    }

    private async Task<RawTurn> CompleteAsync(CancellationToken cancellationToken)
    {
        ChatCompletion completion = await model.CompleteChatAsync(_history, _tools.CreateOptions(), cancellationToken);
        var turn = new RawTurn(string.Concat(completion.Content.Select(static part => part.Text)), completion.ToolCalls);
        screen.ShowText(turn.Text);
        Show(turn.Calls);

        return turn;
    }

    private async Task<RawTurn> StreamAsync(CancellationToken cancellationToken)
    {
        var turn = new RawTurnBuilder();
        await foreach (var update in model.CompleteChatStreamingAsync(_history, _tools.CreateOptions(), cancellationToken))
        {
            screen.ShowText(turn.Add(update));
        }

        var whole = turn.Build();
        Show(whole.Calls);

        return whole;
    }

    private void Show(IReadOnlyList<ChatToolCall> calls)
    {
        foreach (var call in calls)
        {
            screen.ShowCall(call.FunctionName, call.FunctionArguments.ToString());
        }
    }
}
