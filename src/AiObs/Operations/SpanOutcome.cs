using System.Diagnostics;
using System.Globalization;
using AiObs.Conventions.GenAI;
using AiObs.Privacy;

namespace AiObs.Operations;

/// <summary>Span names, and what an error looks like: everything about a span that no single convention decides.</summary>
internal sealed class SpanOutcome(AgentObservabilityOptions options, ContentMasker masker, Faults faults)
{
    private readonly bool _isOpenInferenceAlone =
        options.Conventions == SpanConventions.OpenInference && options.GetCustomConventions().Count == 0;

    private readonly bool _showsMessages = options.CaptureContent.HasFlag(ContentCapture.Spans);

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
            activity.SetStatus(ActivityStatusCode.Error, _showsMessages && error.Message is { } message ? message : error.ExceptionType);
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
        var type = MapType(exception) ?? HttpStatusOf(exception) ?? exceptionType;
        return new OperationError(type, exceptionType, masker.ExceptionMessage(operation, exception.Message), exception.StackTrace);
    }

    /// <summary>Asks the application; an answer that fails leaves the default, so that an error is never taken for a success.</summary>
    private string? MapType(Exception exception) => options.MapErrorType is { } map
        ? faults.Get("error mapping", (map, exception), static state => state.map(state.exception))
        : null;

    private static string? HttpStatusOf(Exception exception) =>
        exception is HttpRequestException { StatusCode: { } status }
            ? ((int)status).ToString(CultureInfo.InvariantCulture)
            : null;
}
