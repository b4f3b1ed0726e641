namespace Consumer

open System
open System.Linq
open System.Threading.Tasks
open Microsoft.Extensions.AI

type EchoClient() =
    interface IChatClient with
        member _.GetResponseAsync(messages, _, _) =
            Task.FromResult(ChatResponse(ChatMessage(ChatRole.Assistant, messages.Last().Text)))

        member _.GetStreamingResponseAsync(_, _, _) = raise (NotSupportedException "An echo does not stream.")
        member _.GetService(_, _) = null
        member _.Dispose() = ()
