using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>A function that is observed because the application asked for it: each invocation is one tool span.</summary>
/// <remarks>Where a function loop has already opened a span for the invocation, that one is enriched and no second one is opened.</remarks>
internal sealed class ObservingAIFunction : DelegatingAIFunction
{
    private readonly ToolRecorder _recorder;

    internal ObservingAIFunction(AIFunction innerFunction, ToolRecorder recorder)
        : base(innerFunction) => _recorder = recorder;

    /// <summary>Gets a value indicating whether an invocation that starts now is observed.</summary>
    public bool IsListening => _recorder.IsListening;

    /// <inheritdoc/>
    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        IsListening
            ? InvokeObservedAsync(arguments, cancellationToken)
            : base.InvokeCoreAsync(arguments, cancellationToken);

    private async ValueTask<object?> InvokeObservedAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (_recorder.Start(this, arguments) is not { } operation)
        {
            return await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
            _recorder.Complete(operation, result);

            // The tool has run. Were an exception thrown now, the loop would tell the model that it failed.
            await operation.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
        {
            _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
            await operation.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
