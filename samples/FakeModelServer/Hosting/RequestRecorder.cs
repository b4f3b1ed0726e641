namespace FakeModelServer.Hosting;

/// <summary>Turns HTTP requests into recorded ones.</summary>
internal static class RequestRecorder
{
    public static async Task<RecordedRequest> RecordAsync(HttpContext context, ModelProtocol? protocol, RequestLog log)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);

        return log.Add(number => new RecordedRequest
        {
            Number = number,
            Method = request.Method,
            Path = $"{request.Path}{request.QueryString}",
            Headers = request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body,
            Protocol = protocol,
        });
    }
}
