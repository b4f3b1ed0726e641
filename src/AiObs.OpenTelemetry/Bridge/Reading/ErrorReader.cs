using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Reads what went wrong, from the attribute, the status and the event of an exception.</summary>
internal static class ErrorReader
{
    private const string ExceptionEvent = "exception";
    private const string Unknown = "_OTHER";

    /// <summary>Returns the error, with its message masked; <see langword="null"/> when nothing went wrong.</summary>
    public static OperationError? Read(in ForeignTags tags, AgentOperation operation, ContentMasker masker)
    {
        var type = tags.Text(GenAiAttributes.ErrorType);
        if (type is null && tags.Span.Status != ActivityStatusCode.Error)
        {
            return null;
        }

        var (exceptionType, message) = Exception(tags.Span);
        type ??= exceptionType ?? Unknown;
        message ??= tags.Span.StatusDescription;
        return new OperationError(
            type,
            exceptionType ?? type,
            string.IsNullOrEmpty(message) || message == type ? null : masker.ExceptionMessage(operation, message),
            StackTrace: null);
    }

    private static (string? Type, string? Message) Exception(Activity span)
    {
        foreach (ref readonly var item in span.EnumerateEvents())
        {
            if (item.Name == ExceptionEvent)
            {
                var tags = item.Tags.ToLookup(static tag => tag.Key, static tag => tag.Value as string, StringComparer.Ordinal);
                return (tags[GenAiAttributes.ExceptionType].FirstOrDefault(), tags[GenAiAttributes.ExceptionMessage].FirstOrDefault());
            }
        }

        return default;
    }
}
