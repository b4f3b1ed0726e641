using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace WeatherAgent.Assistant;

/// <summary>Runs the tools that the model asks for, those of one turn side by side, until the model answers.</summary>
/// <remarks>An application with the package Microsoft.Extensions.AI writes <c>UseFunctionInvocation()</c> instead.</remarks>
internal sealed class ToolLoop(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    private const int MaxRounds = 10;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> history = [.. messages];
        List<ChatMessage> produced = [];
        UsageDetails? usage = null;

        for (var round = 0; round < MaxRounds; round++)
        {
            var response = await base.GetResponseAsync(history, options, cancellationToken);
            produced.AddRange(response.Messages);
            if (response.Usage is { } part)
            {
                (usage ??= new UsageDetails()).Add(part);
            }

            if (await RunToolsAsync(response, options, cancellationToken) is not { } results)
            {
                response.Messages = produced;
                response.Usage = usage;

                return response;
            }

            produced.Add(results);
            history.AddRange([.. response.Messages, results]);
        }

        throw TooManyRounds();
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> history = [.. messages];

        for (var round = 0; round < MaxRounds; round++)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in base.GetStreamingResponseAsync(history, options, cancellationToken))
            {
                updates.Add(update);
                yield return update;
            }

            var response = updates.ToChatResponse();
            if (await RunToolsAsync(response, options, cancellationToken) is not { } results)
            {
                yield break;
            }

            yield return new ChatResponseUpdate(results.Role, results.Contents);
            history.AddRange([.. response.Messages, results]);
        }

        throw TooManyRounds();
    }

    /// <summary>Returns the message that answers the tool calls of a response; null when there are none.</summary>
    private static async Task<ChatMessage?> RunToolsAsync(ChatResponse response, ChatOptions? options, CancellationToken cancellationToken)
    {
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        if (calls.Count == 0)
        {
            return null;
        }

        return new ChatMessage(ChatRole.Tool, await Task.WhenAll(calls.Select(call => RunToolAsync(call, options, cancellationToken))));
    }

    private static async Task<AIContent> RunToolAsync(FunctionCallContent call, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (options?.Tools?.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == call.Name) is not { } function)
        {
            return new FunctionResultContent(call.CallId, $"Error: there is no tool '{call.Name}'.");
        }

        try
        {
            return new FunctionResultContent(call.CallId, await function.InvokeAsync(new(call.Arguments), cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The model decides what to do about it.
            return new FunctionResultContent(call.CallId, $"Error: {exception.Message}") { Exception = exception };
        }
    }

    private static InvalidOperationException TooManyRounds() => new($"The model still asked for tools after {MaxRounds} rounds.");
}
