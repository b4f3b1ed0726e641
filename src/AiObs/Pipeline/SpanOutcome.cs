using System.Diagnostics;
using AiObs.Operations;
using AiObs.Privacy;

namespace AiObs.Pipeline;

/// <summary>Span names, and what an error looks like: everything about a span that no single convention decides.</summary>
internal sealed class SpanOutcome(AgentObservabilityOptions options, ContentMasker masker, Faults faults)
{
    /// <summary>
    /// The custom property of a failed span that holds what its status may say. Function loops and tracers around us put the raw message
    /// of the exception in the status of their own spans, after us; who hears of a span before its exporters can put it right.
    /// </summary>
    public const string StatusProperty = "__AiObsStatus__";

    private const string ErrorPart = "error";

    private readonly Callback? _typeMapper = options.MapErrorType is null ? null : new Callback(ErrorPart, options.CallbackTimeout, faults);

    private readonly bool _showsMessages = options.CaptureContent.HasFlag(ContentCapture.Spans);

    private readonly bool _isOpenInferenceAlone =
        options.Conventions == SpanConventions.OpenInference && options.GetCustomConventions().Count == 0;

    /// <summary>Names a span after its GenAI operation and its target; <c>CreateEmbeddings</c> where OpenInference, which demands that name, stands alone.</summary>
    public string SpanName(AgentOperation operation)
    {
        if (operation.Kind == OperationKind.Embeddings && _isOpenInferenceAlone)
        {
            return "CreateEmbeddings";
        }

        var name = GenAiOperationNames.Of(operation);
        return (name, operation.Name) switch
        {
            (null, var target) => target ?? operation.Kind.ToString(),
            (_, null) => name,
            _ when !GenAiOperationNames.HasTarget(name) => name,
            _ => $"{name} {operation.Name}",
        };
    }

    public void SetStatus(Activity activity, AgentOperation operation)
    {
        if (operation.Error is { } error)
        {
            var description = (_showsMessages ? error.Message : null) ?? error.ExceptionType;
            activity.SetCustomProperty(StatusProperty, description);
            if (!operation.IsForeignActivity)
            {
                activity.SetStatus(ActivityStatusCode.Error, description);
            }
        }
        else if (_isOpenInferenceAlone && operation is { Outcome: OperationOutcome.Completed, IsForeignActivity: false })
        {
            // OpenTelemetry leaves the status of a success to the application; OpenInference asks for Ok.
            activity.SetStatus(ActivityStatusCode.Ok);
        }
    }

    public OperationError Describe(AgentOperation operation, Exception exception)
    {
        var exceptionType = exception.GetType().FullName ?? exception.GetType().Name;
        return new OperationError(
            MapType(exception) ?? (operation as ModelOperation)?.Wire?.ErrorType ?? faults.Get(ErrorPart, exception, ProviderErrors.TypeOf) ?? exceptionType,
            exceptionType,
            faults.Get(
                ErrorPart,
                (masker, operation, exception),
                static state => state.masker.ExceptionMessage(state.operation, state.exception.Message)),
            faults.Get(ErrorPart, exception, static exception => exception.StackTrace));
    }

    private string? MapType(Exception exception) => _typeMapper is null
        ? null
        : faults.Get(ErrorPart, (Outcome: this, exception), static state => state.Outcome.MapWithinLimit(state.exception));

    private string? MapWithinLimit(Exception exception) => _typeMapper!.TryRun(
        (options.MapErrorType, exception), static state => state.MapErrorType!(state.exception), options.CallbackTimeout, out var type) ? type : null;
}
