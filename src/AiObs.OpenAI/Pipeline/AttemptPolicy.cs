using System.ClientModel.Primitives;
using System.Globalization;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Stands inside of the SDK's retries and tells the operation of a call how each try went.</summary>
/// <param name="calls">The policy that stands outside of them, which marks the calls that are observed.</param>
/// <param name="observability">What carries the operations.</param>
internal sealed class AttemptPolicy(CallPolicy calls, AgentObservability observability) : PipelinePolicy
{
    private const string Part = "attempts";

    private readonly OperationPipeline _pipeline = observability.Pipeline;

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
    {
        if (calls.AttemptsOf(message) is not { } operation)
        {
            ProcessNext(message, policies, currentIndex);
            return;
        }

        try
        {
            ProcessNext(message, policies, currentIndex);
        }
        catch (Exception exception)
        {
            Note(operation, exception, message);
            throw;
        }

        Note(operation, message.Response);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex) =>
        calls.AttemptsOf(message) is { } operation
            ? TryAsync(operation, message, policies, currentIndex)
            : ProcessNextAsync(message, policies, currentIndex);

    private async ValueTask TryAsync(
        ModelOperation operation, PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
    {
        try
        {
            await ProcessNextAsync(message, policies, currentIndex).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Note(operation, exception, message);
            throw;
        }

        Note(operation, message.Response);
    }

    private void Note(ModelOperation operation, PipelineResponse? response)
    {
        if (response is not null && PipelineHead.IsFailed(response))
        {
            _pipeline.Faults.Run(Part, (_pipeline, operation, response), static failed => failed.operation.NoteFailedAttempt(new(
                failed._pipeline.Clock.GetUtcNow(),
                failed.response.Status,
                failed.response.Status.ToString(CultureInfo.InvariantCulture),
                new PipelineHead(failed.response).RetryAfter(failed._pipeline.Clock))));
        }
        else if (response is not null)
        {
            operation.Attempts?.Answer(response.Status);
        }
    }

    private void Note(ModelOperation operation, Exception exception, PipelineMessage message)
    {
        // What the caller has cancelled is not tried again, and did not fail.
        if (!message.CancellationToken.IsCancellationRequested)
        {
            _pipeline.Faults.Run(Part, (_pipeline, operation, exception), static failed => failed.operation.NoteFailedAttempt(new(
                failed._pipeline.Clock.GetUtcNow(), Status: null, failed.exception.GetType().FullName!)));
        }
    }
}
