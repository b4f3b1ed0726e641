using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Conventions.OpenInference;

/// <summary>The span event that OpenInference asks for beside the status of a failed span.</summary>
internal static class OpenInferenceException
{
    private const string EventName = "exception";

    public static void Write(Activity activity, AgentOperation operation, string? message)
    {
        if (operation.Error is not { } error || (operation.IsForeignActivity && HasEvent(activity)))
        {
            return;
        }

        // By hand, because what Activity.AddException writes as the stack trace repeats the message.
        var tags = new ActivityTagsCollection { [GenAiAttributes.ExceptionType] = error.ExceptionType };
        if (message is not null)
        {
            tags[GenAiAttributes.ExceptionMessage] = message;
        }

        if (error.StackTrace is not null)
        {
            tags[GenAiAttributes.ExceptionStackTrace] = error.StackTrace;
        }

        // A span that another process sent ended long ago; without a time, the event has that of now.
        activity.AddEvent(new ActivityEvent(EventName, operation.IsAdopted ? operation.StartedAt + operation.Duration : default, tags));
    }

    /// <summary>Tells whether the owner of the span has written the event. Those who write it later cannot be foreseen, and most never do.</summary>
    private static bool HasEvent(Activity activity)
    {
        foreach (ref readonly var item in activity.EnumerateEvents())
        {
            if (item.Name == EventName)
            {
                return true;
            }
        }

        return false;
    }
}
