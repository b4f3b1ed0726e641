namespace FakeModelServer.Hosting;

/// <summary>Records and refuses requests for paths that no protocol serves.</summary>
internal sealed class UnknownEndpoint(RequestLog log)
{
    public async Task HandleAsync(HttpContext context)
    {
        var recorded = await RequestRecorder.RecordAsync(context, protocol: null, log);
        context.Response.StatusCode = StatusCodes.Status404NotFound;

        await context.Response.WriteAsJsonAsync(
            new { error = new { type = "invalid_request_error", message = $"Unknown request URL: {recorded.Method} {recorded.Path}." } },
            context.RequestAborted);

        recorded.Finish(RequestOutcome.Answered);
    }
}
