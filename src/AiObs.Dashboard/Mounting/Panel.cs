using AiObs.Store;

namespace AiObs.Dashboard.Mounting;

/// <summary>Reads panels.</summary>
internal static class Panel
{
    /// <summary>Reads a panel, or says in a sentence why it cannot be read.</summary>
    public static async Task<Panel<T>> ReadAsync<T>(PageRequest page, Func<CancellationToken, ValueTask<T>> read)
    {
        try
        {
            // A store that does not heed its token is not waited for either.
            return new(await read(page.Stop).AsTask().WaitAsync(page.Stop).ConfigureAwait(false), Fault: null);
        }
        catch (OperationCanceledException) when (page.Http.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new(default, "This took longer than 10 seconds. Choose a shorter time, or ask for less.");
        }
        catch (InvalidCursorException)
        {
            return new(default, "This page of the listing is not there: the address was changed. Start again at its first page.");
        }
        catch (StoreException exception)
        {
            page.Sources.Logger.PanelFailed(exception, page.Http.Request.Path);
            return new(default, exception.Message);
        }
#pragma warning disable CA1031 // A part that fails must leave the rest of the page standing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            page.Sources.Logger.PanelFailed(exception, page.Http.Request.Path);
            return new(default, $"This could not be read ({exception.GetType().Name}). The application's log says more.");
        }
    }
}
