namespace AiObs.Conversations.Turns;

/// <summary>Stands for a stream that its consumer has left: nobody threw anything.</summary>
internal sealed class StreamLeftException() : Exception("The stream was left before its end.");
