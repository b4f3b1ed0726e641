using System.Diagnostics;
using System.Globalization;
using AiObs.Conventions.GenAI;
using AiObs.Privacy;

namespace AiObs.Operations;

/// <summary>Span names, and what an error looks like: everything about a span that no single convention decides.</summary>
internal sealed class SpanOutcome(AgentObservabilityOptions options, ContentMasker masker, Faults faults)
{
    private const string ErrorPart = "error";

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
            _ => $"{name} {operation.Name}",
        };
    }

    public void SetStatus(Activity activity, AgentOperation operation)
    {
        if (operation.Error is { } error)
        {
            activity.SetStatus(ActivityStatusCode.Error, (_showsMessages ? error.Message : null) ?? error.ExceptionType);
        }
        else if (_isOpenInferenceAlone && operation.Outcome == OperationOutcome.Completed)
        {
            // OpenTelemetry leaves the status of a success to the application; OpenInference asks for Ok.
            activity.SetStatus(ActivityStatusCode.Ok);
        }
    }

    public OperationError Describe(AgentOperation operation, Exception exception)
    {
        var exceptionType = exception.GetType().FullName ?? exception.GetType().Name;
        return new OperationError(
            MapType(exception) ?? HttpStatusOf(exception) ?? exceptionType,
            exceptionType,
            faults.Get(
                ErrorPart,
                (masker, operation, exception),
                static state => state.masker.ExceptionMessage(state.operation, state.exception.Message)),
            faults.Get(ErrorPart, exception, static exception => exception.StackTrace));
    }

    private string? MapType(Exception exception) => options.MapErrorType is null
        ? null
        : faults.Get(ErrorPart, (options.MapErrorType, exception), static state => state.MapErrorType(state.exception));

    private static string? HttpStatusOf(Exception exception) =>
        exception is HttpRequestException { StatusCode: { } status }
            ? ((int)status).ToString(CultureInfo.InvariantCulture)
            : null;
}
