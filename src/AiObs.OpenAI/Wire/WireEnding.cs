using AiObs.Chat;
using AiObs.Operations;

namespace AiObs.OpenAI.Wire;

/// <summary>Ends operations with whole responses.</summary>
internal static class WireEnding
{
    /// <summary>Ends an operation with its response, which may say that it failed.</summary>
    public static void End(this ChatRecorder recorder, ChatOperation operation, WireResponse read, WireDetails details)
    {
        WireProperties.NoteOn(details, read.Response.AdditionalProperties);
        details.Choices = read.Choices;
        if (read.Error is { } error)
        {
            details.ErrorType = error.Type;
            recorder.Apply(operation, read.Response);
            recorder.Fail(operation, error.Exception, callerCancelled: false);
        }
        else
        {
            recorder.Complete(operation, read.Response);
        }
    }
}
