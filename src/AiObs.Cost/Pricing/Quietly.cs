namespace AiObs.Cost.Pricing;

/// <summary>Starts work that belongs to no call, so that it must not inherit the activity and the context of the call that set it off.</summary>
internal static class Quietly
{
    public static T Start<T>(Func<T> start)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return start();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return start();
        }
    }
}
