using System.Globalization;

namespace WeatherAgent.Telemetry;

/// <summary>Looks at what a server answers to the exporter, which by itself fails in silence.</summary>
internal sealed class ExportWatch(Action<string> onFailure) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Check(base.Send(request, cancellationToken));
        }
        catch (Exception exception) when (Note(exception))
        {
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Check(await base.SendAsync(request, cancellationToken));
        }
        catch (Exception exception) when (Note(exception))
        {
            throw;
        }
    }

    private HttpResponseMessage Check(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            onFailure(string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}"));
        }

        return response;
    }

    private bool Note(Exception exception)
    {
        onFailure(exception is OperationCanceledException ? "the server did not answer in time" : exception.Message);

        return true;
    }
}
