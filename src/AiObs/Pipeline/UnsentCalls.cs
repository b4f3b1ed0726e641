using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Tells calls that failed before anything was sent to a model from those that may have reached one.</summary>
/// <remarks>
/// Only what is certain counts. A wrong argument is one that a client complains of before it has waited for anything: what comes later may be the answer
/// that it could not read. A missing credential may take longer to find out, since its library asks others first. Either is taken for a call that reached
/// a model as soon as a request, a call inside or a part of an answer was seen.
/// </remarks>
internal static class UnsentCalls
{
    /// <summary>Tells whether an exception says that its call was never made.</summary>
    public static bool Has(ModelOperation operation, Exception exception) => operation.Progress switch
    {
        CallProgress.Asked => IsArgument(exception) || IsCredential(exception),
        CallProgress.Waiting => IsCredential(exception),
        _ => false,
    };

    // Their subclasses are of decoders too, which read answers.
    private static bool IsArgument(Exception exception) =>
        exception.GetType() == typeof(ArgumentException)
        || exception.GetType() == typeof(ArgumentNullException)
        || exception.GetType() == typeof(ArgumentOutOfRangeException);

    private static bool IsCredential(Exception exception)
    {
        for (var type = exception.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (type.FullName == "Azure.Identity.AuthenticationFailedException")
            {
                return true;
            }
        }

        return false;
    }
}
