using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Invokes the functions that a model asks for and sends it their results, until it asks for none. Its answer has the usage of all rounds.</summary>
/// <remarks>It is a loop as applications write them: it says nothing of the call that it makes, though it may open spans where a test wants them.</remarks>
public sealed class StubFunctionLoop(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    private readonly ActivitySource? _source = innerClient.GetService<ActivitySource>();

    /// <summary>Gets a value indicating whether the loop traces itself, on the activity source that its inner client offers.</summary>
    public bool OpensSpans { get; init; }

    /// <summary>Gets a value indicating whether the calls of one answer run at the same time.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Gets the tools that the loop knows besides those of a request.</summary>
    public IReadOnlyList<AIFunction> AdditionalTools { get; init; } = [];

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var loop = StartLoop();
        List<ChatMessage> history = [.. messages];
        List<ChatMessage> answers = [];
        UsageDetails? usage = null;
        while (true)
        {
            var response = await base.GetResponseAsync(history, options, cancellationToken);
            answers.AddRange(response.Messages);
            usage = Sum(usage, response.Usage);
            if (await InvokeAllAsync(response.Messages, options, cancellationToken) is not { } results)
            {
                response.Messages = answers;
                response.Usage = usage;

                return response;
            }

            history.AddRange([.. response.Messages, results]);
            answers.Add(results);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var loop = StartLoop();
        List<ChatMessage> history = [.. messages];
        while (true)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in base.GetStreamingResponseAsync(history, options, cancellationToken))
            {
                updates.Add(update);
                yield return update;
                Activity.Current = loop ?? Activity.Current;
            }

            var answer = updates.ToChatResponse().Messages;
            if (await InvokeAllAsync(answer, options, cancellationToken) is not { } results)
            {
                yield break;
            }

            history.AddRange([.. answer, results]);
            yield return new ChatResponseUpdate(ChatRole.Tool, results.Contents) { MessageId = Guid.NewGuid().ToString("N") };
            Activity.Current = loop ?? Activity.Current;
        }
    }

    private static Activity? CurrentAgent =>
        Activity.Current is { } current && current.DisplayName.StartsWith("invoke_agent", StringComparison.Ordinal) ? current : null;

    private static UsageDetails? Sum(UsageDetails? total, UsageDetails? usage)
    {
        if (usage is null)
        {
            return total;
        }

        total ??= new();
        total.Add(usage);

        return total;
    }

    private Activity? StartLoop() => OpensSpans && CurrentAgent is null ? _source?.StartActivity("orchestrate_tools") : null;

    private async Task<ChatMessage?> InvokeAllAsync(IEnumerable<ChatMessage> answer, ChatOptions? options, CancellationToken cancellationToken)
    {
        var calls = answer.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        if (calls.Count == 0)
        {
            return null;
        }

        if (IsParallel)
        {
            return new ChatMessage(ChatRole.Tool, [.. await Task.WhenAll(calls.Select(call => InvokeAsync(call, options, cancellationToken)))]);
        }

        List<AIContent> results = [];
        foreach (var call in calls)
        {
            results.Add(await InvokeAsync(call, options, cancellationToken));
        }

        return new ChatMessage(ChatRole.Tool, results);
    }

    private async Task<AIContent> InvokeAsync(FunctionCallContent call, ChatOptions? options, CancellationToken cancellationToken)
    {
        var function = (options?.Tools ?? []).OfType<AIFunction>().Concat(AdditionalTools).Single(function => function.Name == call.Name);
        using var span = StartTool(call, function);
        try
        {
            return new FunctionResultContent(call.CallId, await function.InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            span?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error, exception.Message);

            return new FunctionResultContent(call.CallId, "Error: Function failed.") { Exception = exception };
        }
    }

    private Activity? StartTool(FunctionCallContent call, AIFunction function)
    {
        var source = OpensSpans ? CurrentAgent?.Source ?? _source : null;

        return source?.StartActivity($"execute_tool {function.Name}", ActivityKind.Internal, parentContext: default,
        [
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.type", "function"),
            new("gen_ai.tool.call.id", call.CallId),
            new("gen_ai.tool.name", function.Name),
            new("gen_ai.tool.description", function.Description),
        ]);
    }
}
