using System.Diagnostics;
using System.Runtime.ExceptionServices;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>A chat client that is observed: each call is one model span, with metrics and log records, priced and held to budgets where that is wanted.</summary>
/// <remarks>With nothing listening it hands out the inner client's task or stream as it is.</remarks>
internal sealed class ObservingChatClient : DelegatingChatClient
{
    private readonly IDisposable? _disposed;
    private readonly ChatRecorder _recorder;
    private readonly StreamSource _streams;

    /// <summary>Initializes a new instance of the <see cref="ObservingChatClient"/> class.</summary>
    /// <param name="innerClient">The client to observe.</param>
    /// <param name="pipeline">What carries the operations.</param>
    /// <param name="parts">What it was made of, which it disposes.</param>
    /// <param name="disposed">What it disposes beside its parts: the inner client, or the observer whose place it takes; <see langword="null"/> where somebody else does.</param>
    public ObservingChatClient(IChatClient innerClient, OperationPipeline pipeline, IDisposable parts, IDisposable? disposed)
        : base(innerClient)
    {
        Pipeline = pipeline;
        Parts = parts;
        _disposed = disposed;
        _recorder = new ChatRecorder(pipeline, innerClient);
        _streams = new StreamSource(innerClient, pipeline.Faults, () => new ChatStreamObservation(_recorder));
    }

    /// <summary>Gets what carries the operations.</summary>
    public OperationPipeline Pipeline { get; }

    /// <summary>Gets what it was made of.</summary>
    public IDisposable Parts { get; }

    /// <summary>Gets the client that is observed.</summary>
    public IChatClient Inner => InnerClient;

    /// <summary>Finds the nearest decorator in a client that observes its calls; <see langword="null"/> where none does that is not off by its own options.</summary>
    public static ObservingChatClient? FindIn(IChatClient client)
    {
        var found = ClientServices.Ask(client, static client => client.GetService<ObservingChatClient>());
        while (found is { Pipeline.Options.Enabled: false })
        {
            found = ClientServices.Ask(found.InnerClient, static client => client.GetService<ObservingChatClient>());
        }

        return found;
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        messages is not null && _recorder.FollowsCalls
            ? ObserveAsync(messages, options, cancellationToken)
            : base.GetResponseAsync(messages!, options, cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        messages is not null && _recorder.FollowsCalls
            ? new ObservedStream(_streams, messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(messages!, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        // Function loops open their tool spans on it.
        (null, _) when serviceType == typeof(ActivitySource) => Pipeline.LoopSource,
        _ => (serviceKey is null ? Pipeline.FindService(serviceType) : null) ?? base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing: false);
        if (disposing)
        {
            // Its own parts first: its sinks may hang on those of the observer whose place it takes.
            Parts.Dispose();
            _disposed?.Dispose();
        }
    }

    /// <summary>Makes a call and observes it. An answer that is there already, as from a cache, is handed on as it is.</summary>
    private Task<ChatResponse> ObserveAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ChatOperation? operation = null;
        var flow = default(CallFlow);
        var caller = flow.Begin();
        try
        {
            messages = RequestSequence<ChatMessage>.Of(messages);
            if (_recorder.Prepare(messages, options, isStreaming: false) is not { } prepared)
            {
                return base.GetResponseAsync(messages, options, cancellationToken);
            }

            var admission = _recorder.AdmitAsync(prepared, messages, options, cancellationToken);
            if (!admission.IsCompletedSuccessfully)
            {
                return AwaitAsync(admission, prepared, messages, options, cancellationToken);
            }

            operation = _recorder.Open(prepared);
            if (operation is null)
            {
                return base.GetResponseAsync(messages, options, cancellationToken);
            }

            operation.CallerFlow = caller;
            var answer = base.GetResponseAsync(messages, options, cancellationToken).OfClient(InnerClient);
            if (!answer.IsCompletedSuccessfully)
            {
                return AwaitAsync(operation, answer, cancellationToken);
            }

            _recorder.Complete(operation, answer.GetAwaiter().GetResult());
            return operation.Confirmation is null ? answer : ConfirmAsync(operation, answer, cancellationToken);
        }
#pragma warning disable CA1031 // The task that is returned throws it, as it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return FailAsync(operation, exception, cancellationToken);
        }
        finally
        {
            flow.Leave(caller);
        }
    }

    /// <summary>Makes a call once the gates, one of which has to ask elsewhere, have let it through.</summary>
    private async Task<ChatResponse> AwaitAsync(
        ValueTask admission, ChatOperation prepared, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        // What is asked behind this, tools among it, may need the caller's context.
        await admission.ConfigureAwait(true);
        var caller = ExecutionContext.Capture();
        if (_recorder.Open(prepared) is not { } operation)
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }

        operation.CallerFlow = caller;
        Task<ChatResponse> answer;
        try
        {
            answer = base.GetResponseAsync(messages, options, cancellationToken).OfClient(InnerClient);
        }
        catch (Exception exception)
        {
            await SettleAsync(operation, exception, cancellationToken).ConfigureAwait(false);
            throw;
        }

        return await AwaitAsync(operation, answer, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChatResponse> AwaitAsync(ChatOperation operation, Task<ChatResponse> answer, CancellationToken cancellationToken)
    {
        if (!answer.IsCompleted)
        {
            operation.NoteWaiting();
        }

        try
        {
            _recorder.Complete(operation, await answer.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            await SettleAsync(operation, exception, cancellationToken).ConfigureAwait(false);
            throw;
        }

        return await ConfirmAsync(operation, answer, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ChatResponse> ConfirmAsync(ChatOperation operation, Task<ChatResponse> answer, CancellationToken cancellationToken)
    {
        await operation.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }

    private async Task<ChatResponse> FailAsync(ChatOperation? operation, Exception exception, CancellationToken cancellationToken)
    {
        var thrown = ExceptionDispatchInfo.Capture(exception);
        if (operation is not null)
        {
            await SettleAsync(operation, exception, cancellationToken).ConfigureAwait(false);
        }

        thrown.Throw();
        return null!;
    }

    private ValueTask SettleAsync(ChatOperation operation, Exception exception, CancellationToken cancellationToken)
    {
        _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
        return operation.SettleEventsAsync(cancellationToken);
    }
}
