namespace AiObs.Pipeline;

/// <summary>Asks clients for services.</summary>
internal static class ClientServices
{
    /// <summary>Asks a client for a service. What it throws is reported when its observer asks for the same.</summary>
    public static T? Ask<TClient, T>(TClient client, Func<TClient, T?> ask)
        where T : class
    {
        try
        {
            return ask(client);
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
