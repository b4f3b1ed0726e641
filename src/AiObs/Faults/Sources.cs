using System.Diagnostics;

namespace AiObs;

/// <summary>Creates activity sources, whatever those who listen to activities do when they hear of one.</summary>
internal static class Sources
{
    public static ActivitySource Create(ActivitySourceOptions options)
    {
        try
        {
            return new(options);
        }
#pragma warning disable CA1031 // A listener of somebody else's may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            if (FindLast(options) is { } created)
            {
                return created;
            }

            throw;
        }
    }

    /// <summary>Finds the source that was created last: it is there before the listeners are told.</summary>
    private static ActivitySource? FindLast(ActivitySourceOptions options)
    {
        ActivitySource? last = null;
        using var listener = new ActivityListener();
        listener.ShouldListenTo = source =>
        {
            if (source.Name == options.Name && source.Version == options.Version)
            {
                last = source;
            }

            return false;
        };
        ActivitySource.AddActivityListener(listener);
        return last;
    }
}
