namespace AiObs.Events.Log;

/// <summary>Which of the oldest events a log may drop. An event goes when either rule lets it go.</summary>
/// <param name="MaxAge">How old an event may get.</param>
/// <param name="MaxEvents">How many events may stay.</param>
public sealed record EventRetention(TimeSpan? MaxAge = null, long? MaxEvents = null);
