namespace AiObs.Operations;

/// <summary>What went wrong in an operation, already masked.</summary>
/// <param name="Type">The value of <c>error.type</c>: an HTTP status, a provider's code, or the exception's full type name.</param>
/// <param name="ExceptionType">The exception's full type name.</param>
/// <param name="Message">The exception's message; <see langword="null"/> unless content is recorded, because providers quote prompts.</param>
/// <param name="StackTrace">The frames alone, without any message; <see langword="null"/> when the exception was never thrown.</param>
public sealed record OperationError(string Type, string ExceptionType, string? Message, string? StackTrace);
