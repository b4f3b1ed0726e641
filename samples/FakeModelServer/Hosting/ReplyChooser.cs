namespace FakeModelServer.Hosting;

/// <summary>Decides what answers a request: the queue, then the handler, then an echo.</summary>
internal sealed class ReplyChooser(ReplyQueue queue)
{
    public Func<ModelRequest, ModelReply?>? Handler { get; set; }

    public ModelReply Choose(ModelRequest request) => queue.Dequeue() ?? AskHandler(request) ?? Echo(request);

    private ModelReply? AskHandler(ModelRequest request)
    {
        try
        {
            return Handler?.Invoke(request);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The author of the handler sees it where the failure shows: in the client.
            return new ModelReply { Error = new ModelError { Message = $"The handler failed: {exception}" } };
        }
    }

    private static ModelReply Echo(ModelRequest request) => ModelReply.Say("You said: ", request.LastUserText);
}
